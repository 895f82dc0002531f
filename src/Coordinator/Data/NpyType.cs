using System.Numerics;
using System.Runtime.InteropServices;
using Distributed.Numerics;
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
        bool known = descr.Length == 3 && "<>|=".Contains(descr[0], StringComparison.Ordinal) && Known.Contains(descr[1..]);
        return known
            ? new NpyType(descr[1], descr[2] - '0', descr[0] == '>')
            : throw new InputException(
                $"{name}: values of NumPy type {Shown.Value(descr)} are not read; " +
                "u1 to u8, i1 to i8, f2, f4, f8 and b1 are, so convert with .astype('float32').");
    }

    /// <summary>Widens stored values to doubles; only 64-bit integers beyond 2^53 lose digits.</summary>
    /// <param name="stored">n×Bytes bytes; their order within a value is turned round in place where it is not the machine's.</param>
    /// <param name="values">n values.</param>
    public void Decode(Span<byte> stored, Span<double> values)
    {
        Check.That(stored.Length == values.Length * Bytes);
        for (int i = 0; IsBigEndian == BitConverter.IsLittleEndian && i < stored.Length; i += Bytes)
        {
            stored.Slice(i, Bytes).Reverse();
        }

        switch (Kind, Bytes)
        {
            case ('i', 1): Widen<sbyte>(stored, values); break;
            case ('i', 2): Widen<short>(stored, values); break;
            case ('i', 4): Widen<int>(stored, values); break;
            case ('i', 8): Widen<long>(stored, values); break;
            case ('u', 2): Widen<ushort>(stored, values); break;
            case ('u', 4): Widen<uint>(stored, values); break;
            case ('u', 8): Widen<ulong>(stored, values); break;
            case ('f', 2): Widen<Half>(stored, values); break;
            case ('f', 4): Widen<float>(stored, values); break;
            case ('f', 8): Widen<double>(stored, values); break;
            default:
                Check.That(IsByte);
                Widen<byte>(stored, values);
                break;
        }
    }

    private static void Widen<T>(ReadOnlySpan<byte> stored, Span<double> values)
        where T : unmanaged, INumberBase<T>
    {
        ReadOnlySpan<T> typed = MemoryMarshal.Cast<byte, T>(stored);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = double.CreateTruncating(typed[i]);
        }
    }
}
