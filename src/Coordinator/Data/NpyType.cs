using System.Buffers.Binary;
using Distributed.Protocol;

namespace Distributed.Coordinator.Data;

/// <summary>How NumPy stores one value.</summary>
/// <param name="Kind">u (unsigned), i (signed), f (floating point) or b (truth value).</param>
/// <param name="Bytes">1, 2, 4 or 8.</param>
/// <param name="IsBigEndian">The most significant byte comes first.</param>
public readonly record struct NpyType(char Kind, int Bytes, bool IsBigEndian)
{
    private static readonly string[] Known = ["u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f2", "f4", "f8", "b1"];

    /// <summary>True when values are bytes as they stand.</summary>
    public bool IsByte => Kind is 'u' or 'b' && Bytes == 1;

    /// <summary>Parses a descr such as "&lt;f4" or "|u1".</summary>
    public static NpyType Parse(string name, string descr)
    {
        bool known = descr.Length == 3 && "<>|=".Contains(descr[0]) && Known.Contains(descr[1..]);
        return known
            ? new NpyType(descr[1], descr[2] - '0', descr[0] == '>')
            : throw new InputException(
                $"{name}: values of NumPy type {Shown.Value(descr)} are not read; " +
                "u1 to u8, i1 to i8, f2, f4, f8 and b1 are, so convert with .astype('float32').");
    }

    /// <summary>Widens stored values to doubles; only 64-bit integers beyond 2^53 lose digits.</summary>
    /// <param name="stored">n×Bytes bytes.</param>
    /// <param name="values">n values.</param>
    public void Decode(ReadOnlySpan<byte> stored, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = DecodeOne(stored.Slice(i * Bytes, Bytes));
        }
    }

    private double DecodeOne(ReadOnlySpan<byte> stored)
    {
        Span<byte> padded = stackalloc byte[8];
        padded.Clear();
        stored.CopyTo(padded);
        if (IsBigEndian)
        {
            padded[..Bytes].Reverse();
        }

        ulong bits = BinaryPrimitives.ReadUInt64LittleEndian(padded);
        int unused = 64 - (8 * Bytes);
        return Kind switch
        {
            'i' => (long)(bits << unused) >> unused,
            'f' => DecodeFloat(bits),
            _ => bits,
        };
    }

    private double DecodeFloat(ulong bits) => Bytes switch
    {
        2 => (double)BitConverter.UInt16BitsToHalf((ushort)bits),
        4 => BitConverter.UInt32BitsToSingle((uint)bits),
        _ => BitConverter.UInt64BitsToDouble(bits),
    };
}
