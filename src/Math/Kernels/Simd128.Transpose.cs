using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Distributed.Numerics.Kernels;

/// <content>Moves between rows and lanes.</content>
internal readonly unsafe partial struct Simd128
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadFirst(float* source, int count) => count switch
    {
        >= 4 => Vector128.Load(source),
        3 => Vector128.Create(source[0], source[1], source[2], 0f),
        2 => Vector128.Create(source[0], source[1], 0f, 0f),
        1 => Vector128.CreateScalar(source[0]),
        _ => Vector128<float>.Zero,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(float* destination, Vector128<float> value, int count)
    {
        if (count >= 4)
        {
            value.Store(destination);
            return;
        }

        for (int i = 0; i < count; i++)
        {
            destination[i] = value.GetElement(i);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, nint sourceRow, int rows, int columns, float* destination, nint destinationRow)
    {
        Vector128<float> r0 = Row(source, sourceRow, 0, rows, columns), r1 = Row(source, sourceRow, 1, rows, columns);
        Vector128<float> r2 = Row(source, sourceRow, 2, rows, columns), r3 = Row(source, sourceRow, 3, rows, columns);
        Vector128<float> a = Low(r0, r2), b = Low(r1, r3), c = High(r0, r2), d = High(r1, r3);
        if (columns > 0) Low(a, b).Store(destination);
        if (columns > 1) High(a, b).Store(destination + destinationRow);
        if (columns > 2) Low(c, d).Store(destination + (2 * destinationRow));
        if (columns > 3) High(c, d).Store(destination + (3 * destinationRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Row(float* source, nint sourceRow, int row, int rows, int columns) =>
        row < rows ? LoadFirst(source + (row * sourceRow), columns) : Vector128<float>.Zero;

    /// <summary>a0 b0 a1 b1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> a, Vector128<float> b) => Sse.IsSupported
        ? Sse.UnpackLow(a, b)
        : AdvSimd.Arm64.ZipLow(a, b);

    /// <summary>a2 b2 a3 b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> a, Vector128<float> b) => Sse.IsSupported
        ? Sse.UnpackHigh(a, b)
        : AdvSimd.Arm64.ZipHigh(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadBytes(byte* source)
    {
        Vector128<byte> bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(source)).AsByte();
        return Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> BytesByPlace(Vector128<float> a) =>
        Vector128.Shuffle(a.AsByte(), Vector128.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)).AsSingle();
}
