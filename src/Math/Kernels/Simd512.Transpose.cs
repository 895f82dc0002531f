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
    public static void Transpose(float* source, nint sourceRow, int rows, int columns, float* destination, nint destinationRow)
    {
        if (rows == 16 && columns == 16)
        {
            TransposeWhole(source, sourceRow, destination, destinationRow);
            return;
        }

        // The edge goes through a 16×16 square of which the missing rows and columns are +0.
        float* square = stackalloc float[16 * 16];
        for (int r = 0; r < 16; r++)
        {
            Vector512<float> row = r < rows ? LoadFirst(source + (r * sourceRow), columns) : Vector512<float>.Zero;
            row.Store(square + (16 * r));
        }

        TransposeWhole(square, 16, square, 16);
        for (int c = 0; c < columns; c++)
        {
            Vector512.Load(square + (16 * c)).Store(destination + (c * destinationRow));
        }
    }

    /// <summary>All sixteen rows are read before the first is written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeWhole(float* source, nint sourceRow, float* destination, nint destinationRow)
    {
        float* s4 = source + (4 * sourceRow);
        float* s8 = source + (8 * sourceRow);
        float* s12 = source + (12 * sourceRow);
        Quarter(source, sourceRow, out Vector512<float> a0, out Vector512<float> a1, out Vector512<float> a2, out Vector512<float> a3);
        Quarter(s4, sourceRow, out Vector512<float> b0, out Vector512<float> b1, out Vector512<float> b2, out Vector512<float> b3);
        Quarter(s8, sourceRow, out Vector512<float> c0, out Vector512<float> c1, out Vector512<float> c2, out Vector512<float> c3);
        Quarter(s12, sourceRow, out Vector512<float> d0, out Vector512<float> d1, out Vector512<float> d2, out Vector512<float> d3);
        Blocks(a0, b0, c0, d0, destination, out Vector512<float> e4, out Vector512<float> e8, out Vector512<float> e12);
        Blocks(a1, b1, c1, d1, destination + destinationRow, out Vector512<float> f4, out Vector512<float> f8, out Vector512<float> f12);
        destination += 2 * destinationRow;
        Blocks(a2, b2, c2, d2, destination, out Vector512<float> g4, out Vector512<float> g8, out Vector512<float> g12);
        Blocks(a3, b3, c3, d3, destination + destinationRow, out Vector512<float> h4, out Vector512<float> h8, out Vector512<float> h12);
        Four(destination + (2 * destinationRow), destinationRow, e4, f4, g4, h4);
        Four(destination + (6 * destinationRow), destinationRow, e8, f8, g8, h8);
        Four(destination + (10 * destinationRow), destinationRow, e12, f12, g12, h12);
    }

    /// <summary>Four rows transposed within each 128-bit block: qj holds columns j, j+4, j+8, j+12 of the four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(
        float* source, nint row, out Vector512<float> q0, out Vector512<float> q1, out Vector512<float> q2, out Vector512<float> q3)
    {
        Vector512<float> r0 = Vector512.Load(source), r1 = Vector512.Load(source + row);
        Vector512<float> r2 = Vector512.Load(source + (2 * row)), r3 = Vector512.Load(source + (3 * row));
        Vector512<float> even = Avx512F.UnpackLow(r0, r2), odd = Avx512F.UnpackLow(r1, r3);
        q0 = Avx512F.UnpackLow(even, odd);
        q1 = Avx512F.UnpackHigh(even, odd);
        even = Avx512F.UnpackHigh(r0, r2);
        odd = Avx512F.UnpackHigh(r1, r3);
        q2 = Avx512F.UnpackLow(even, odd);
        q3 = Avx512F.UnpackHigh(even, odd);
    }

    /// <summary>Joins the blocks of one column in four: writes the first and returns the three that lie 4, 8 and 12 columns on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Blocks(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* destination,
        out Vector512<float> next4, out Vector512<float> next8, out Vector512<float> next12)
    {
        const byte evens = 0b10_00_10_00, odds = 0b11_01_11_01;
        Vector512<float> ab02 = Avx512F.Shuffle4x128(a, b, evens), ab13 = Avx512F.Shuffle4x128(a, b, odds);
        Vector512<float> cd02 = Avx512F.Shuffle4x128(c, d, evens), cd13 = Avx512F.Shuffle4x128(c, d, odds);
        Avx512F.Shuffle4x128(ab02, cd02, evens).Store(destination);
        next4 = Avx512F.Shuffle4x128(ab13, cd13, evens);
        next8 = Avx512F.Shuffle4x128(ab02, cd02, odds);
        next12 = Avx512F.Shuffle4x128(ab13, cd13, odds);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(float* destination, nint row, Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3)
    {
        v0.Store(destination);
        v1.Store(destination + row);
        v2.Store(destination + (2 * row));
        v3.Store(destination + (3 * row));
    }

    /// <summary>A mask of the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> First(int count) =>
        Vector512.GreaterThan(Vector512.Create(count), Vector512<int>.Indices).AsSingle();
}
