using System.Runtime.InteropServices;
using Distributed.Numerics;

namespace Distributed.Coordinator.Exports;

/// <summary>Turns stored floating-point numbers into float32, rounded to nearest where they have more digits.</summary>
internal static class FloatDecoding
{
    /// <summary>The types that are read.</summary>
    public const string Types = "F32, F64, F16 and BF16";

    /// <summary>The values of little-endian <paramref name="bytes"/>; null for a type that is not read.</summary>
    /// <param name="dtype">By the name that safetensors gives it.</param>
    public static float[]? Decode(string dtype, ReadOnlySpan<byte> bytes)
    {
        Check.That(BitConverter.IsLittleEndian);
        return dtype switch
        {
            "F32" => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
            "F64" => Convert(MemoryMarshal.Cast<byte, double>(bytes), value => (float)value),
            "F16" => Convert(MemoryMarshal.Cast<byte, Half>(bytes), value => (float)value),
            "BF16" => Convert(MemoryMarshal.Cast<byte, ushort>(bytes), bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)),
            _ => null,
        };
    }

    private static float[] Convert<T>(ReadOnlySpan<T> stored, Func<T, float> convert)
    {
        float[] values = new float[stored.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = convert(stored[i]);
        }

        return values;
    }
}
