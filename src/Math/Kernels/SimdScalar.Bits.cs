using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <content>Masks and integer lanes.</content>
internal readonly unsafe partial struct SimdScalar
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float EqualTo(float a, float b) => Mask(a == b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyClear(float mask) => Bits(mask) == 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float And(float a, float b) => Float(Bits(a) & Bits(b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Or(float a, float b) => Float(Bits(a) | Bits(b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float AddBits(float a, float b) => Float(Bits(a) + Bits(b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SubtractBits(float a, float b) => Float(Bits(a) - Bits(b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ShiftBitsLeft(float a, int count) => Float(Bits(a) << count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ShiftBitsRight(float a, int count) => Float(Bits(a) >> count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float BitsToFloat(float a) => Bits(a);

    private static int Bits(float a) => BitConverter.SingleToInt32Bits(a);

    private static float Float(int bits) => BitConverter.Int32BitsToSingle(bits);
}
