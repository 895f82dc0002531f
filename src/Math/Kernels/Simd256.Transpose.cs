using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Distributed.Numerics.Kernels;

/// <content>Moves between rows and lanes.</content>
internal readonly unsafe partial struct Simd256
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadFirst(float* source, int count) =>
        count >= 8 ? Vector256.Load(source) : Avx.MaskLoad(source, First(count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(float* destination, Vector256<float> value, int count)
    {
        if (count >= 8)
        {
            value.Store(destination);
            return;
        }

        // A masked store is slow on many processors; halves are not.
        Vector128<float> half = value.GetLower();
        if (count >= 4)
        {
            half.Store(destination);
            half = value.GetUpper();
            destination += 4;
            count -= 4;
        }

        Simd128.StoreFirst(destination, half, count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, nint sourceRow, int rows, int columns, float* destination, nint destinationRow)
    {
        Vector256<float> r0 = Row(source, sourceRow, 0, rows, columns), r1 = Row(source, sourceRow, 1, rows, columns);
        Vector256<float> r2 = Row(source, sourceRow, 2, rows, columns), r3 = Row(source, sourceRow, 3, rows, columns);
        Vector256<float> r4 = Row(source, sourceRow, 4, rows, columns), r5 = Row(source, sourceRow, 5, rows, columns);
        Vector256<float> r6 = Row(source, sourceRow, 6, rows, columns), r7 = Row(source, sourceRow, 7, rows, columns);

        // Pairs, then fours within each half, then the halves.
        Vector256<float> a0 = Avx.UnpackLow(r0, r2), a1 = Avx.UnpackLow(r1, r3), a2 = Avx.UnpackHigh(r0, r2), a3 = Avx.UnpackHigh(r1, r3);
        Vector256<float> a4 = Avx.UnpackLow(r4, r6), a5 = Avx.UnpackLow(r5, r7), a6 = Avx.UnpackHigh(r4, r6), a7 = Avx.UnpackHigh(r5, r7);
        Vector256<float> b0 = Avx.UnpackLow(a0, a1), b1 = Avx.UnpackHigh(a0, a1), b2 = Avx.UnpackLow(a2, a3), b3 = Avx.UnpackHigh(a2, a3);
        Vector256<float> b4 = Avx.UnpackLow(a4, a5), b5 = Avx.UnpackHigh(a4, a5), b6 = Avx.UnpackLow(a6, a7), b7 = Avx.UnpackHigh(a6, a7);

        const byte lows = 0x20, highs = 0x31;
        if (columns > 0) Avx.Permute2x128(b0, b4, lows).Store(destination);
        if (columns > 1) Avx.Permute2x128(b1, b5, lows).Store(destination + destinationRow);
        if (columns > 2) Avx.Permute2x128(b2, b6, lows).Store(destination + (2 * destinationRow));
        if (columns > 3) Avx.Permute2x128(b3, b7, lows).Store(destination + (3 * destinationRow));
        if (columns > 4) Avx.Permute2x128(b0, b4, highs).Store(destination + (4 * destinationRow));
        if (columns > 5) Avx.Permute2x128(b1, b5, highs).Store(destination + (5 * destinationRow));
        if (columns > 6) Avx.Permute2x128(b2, b6, highs).Store(destination + (6 * destinationRow));
        if (columns > 7) Avx.Permute2x128(b3, b7, highs).Store(destination + (7 * destinationRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Row(float* source, nint sourceRow, int row, int rows, int columns) =>
        row < rows ? LoadFirst(source + (row * sourceRow), columns) : Vector256<float>.Zero;

    /// <summary>A mask of the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> First(int count) =>
        Vector256.GreaterThan(Vector256.Create(count), Vector256<int>.Indices).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadBytes(byte* source) => Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> BytesByPlace(Vector256<float> a)
    {
        Vector128<byte> places = Vector128.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        Vector256<int> fours = Avx2.Shuffle(a.AsByte(), Vector256.Create(places, places)).AsInt32();
        return Avx2.PermuteVar8x32(fours, Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)).AsSingle();
    }
}
