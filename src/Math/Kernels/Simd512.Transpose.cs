using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Distributed.Numerics.Kernels;

/// <content>Moves between rows and lanes.</content>
internal readonly unsafe partial struct Simd512
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadFirst(float* source, int count) =>
        count >= 16 ? Vector512.Load(source) : Avx512F.MaskLoad(source, First(count), Vector512<float>.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(float* destination, Vector512<float> value, int count)
    {
        if (count >= 16)
        {
            value.Store(destination);
        }
        else
        {
            Avx512F.MaskStore(destination, First(count), value);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(float* source, nint sourceRow, int rows, int columns, float* destination, nint destinationRow)
    {
        if (rows == 16 && columns == 16)
        {
            TransposeWhole(source, sourceRow, destination, destinationRow);
        }
        else
        {
            TransposePart(source, sourceRow, rows, columns, destination, destinationRow);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeWhole(float* source, nint sourceRow, float* destination, nint destinationRow) =>
        TransposeInline(source, sourceRow, 16, 16, destination, destinationRow);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposePart(float* source, nint sourceRow, int rows, int columns, float* destination, nint destinationRow) =>
        TransposeInline(source, sourceRow, rows, columns, destination, destinationRow);

    /// <summary>Compiled twice: with constant sizes no condition and no mask is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeInline(float* source, nint sourceRow, int rows, int columns, float* destination, nint destinationRow)
    {
        // All rows are read before the first is written.
        Quarter(source, sourceRow, rows, columns, out var a0, out var a1, out var a2, out var a3);
        source += 4 * sourceRow;
        Quarter(source, sourceRow, rows - 4, columns, out var b0, out var b1, out var b2, out var b3);
        source += 4 * sourceRow;
        Quarter(source, sourceRow, rows - 8, columns, out var c0, out var c1, out var c2, out var c3);
        source += 4 * sourceRow;
        Quarter(source, sourceRow, rows - 12, columns, out var d0, out var d1, out var d2, out var d3);
        Blocks(a0, b0, c0, d0, out var e0, out var e4, out var e8, out var e12);
        Blocks(a1, b1, c1, d1, out var e1, out var e5, out var e9, out var e13);
        Blocks(a2, b2, c2, d2, out var e2, out var e6, out var e10, out var e14);
        Blocks(a3, b3, c3, d3, out var e3, out var e7, out var e11, out var e15);
        Four(destination, destinationRow, columns, e0, e1, e2, e3);
        Four(destination + (4 * destinationRow), destinationRow, columns - 4, e4, e5, e6, e7);
        Four(destination + (8 * destinationRow), destinationRow, columns - 8, e8, e9, e10, e11);
        Four(destination + (12 * destinationRow), destinationRow, columns - 12, e12, e13, e14, e15);
    }

    /// <summary>Four rows transposed within each 128-bit block: qj holds columns j, j+4, j+8, j+12 of the four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(
        float* source, nint row, int rows, int columns,
        out Vector512<float> q0, out Vector512<float> q1, out Vector512<float> q2, out Vector512<float> q3)
    {
        Vector512<float> zero = Vector512<float>.Zero;
        Vector512<float> r0 = rows > 0 ? LoadFirst(source, columns) : zero;
        Vector512<float> r1 = rows > 1 ? LoadFirst(source + row, columns) : zero;
        Vector512<float> r2 = rows > 2 ? LoadFirst(source + (2 * row), columns) : zero;
        Vector512<float> r3 = rows > 3 ? LoadFirst(source + (3 * row), columns) : zero;
        Vector512<float> even = Avx512F.UnpackLow(r0, r2), odd = Avx512F.UnpackLow(r1, r3);
        q0 = Avx512F.UnpackLow(even, odd);
        q1 = Avx512F.UnpackHigh(even, odd);
        even = Avx512F.UnpackHigh(r0, r2);
        odd = Avx512F.UnpackHigh(r1, r3);
        q2 = Avx512F.UnpackLow(even, odd);
        q3 = Avx512F.UnpackHigh(even, odd);
    }

    /// <summary>Joins the blocks of the columns that lie 0, 4, 8 and 12 on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Blocks(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d,
        out Vector512<float> e0, out Vector512<float> e4, out Vector512<float> e8, out Vector512<float> e12)
    {
        const byte evens = 0b10_00_10_00, odds = 0b11_01_11_01;
        Vector512<float> ab02 = Avx512F.Shuffle4x128(a, b, evens), ab13 = Avx512F.Shuffle4x128(a, b, odds);
        Vector512<float> cd02 = Avx512F.Shuffle4x128(c, d, evens), cd13 = Avx512F.Shuffle4x128(c, d, odds);
        e0 = Avx512F.Shuffle4x128(ab02, cd02, evens);
        e4 = Avx512F.Shuffle4x128(ab13, cd13, evens);
        e8 = Avx512F.Shuffle4x128(ab02, cd02, odds);
        e12 = Avx512F.Shuffle4x128(ab13, cd13, odds);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(
        float* destination, nint row, int rows, Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3)
    {
        if (rows > 0) v0.Store(destination);
        if (rows > 1) v1.Store(destination + row);
        if (rows > 2) v2.Store(destination + (2 * row));
        if (rows > 3) v3.Store(destination + (3 * row));
    }

    /// <summary>A mask of the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> First(int count) =>
        Vector512.GreaterThan(Vector512.Create(count), Vector512<int>.Indices).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadBytes(byte* source) =>
        Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector128.Load(source)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> BytesByPlace(Vector512<float> a)
    {
        Vector128<byte> places = Vector128.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        Vector256<byte> both = Vector256.Create(places, places);
        Vector512<int> fours = Avx512BW.Shuffle(a.AsByte(), Vector512.Create(both, both)).AsInt32();
        return Avx512F.PermuteVar16x32(fours, Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)).AsSingle();
    }
}
