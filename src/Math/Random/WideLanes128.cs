using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Distributed.Numerics.Random;

/// <summary>2 lanes of 64 bits.</summary>
internal readonly unsafe struct WideLanes128 : IWideLanes<Vector128<ulong>>
{
    public static int Width => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Broadcast(uint value) => Vector128.Create((ulong)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Sequence(uint first) => Vector128.Create((ulong)first) + Vector128<ulong>.Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Multiply(Vector128<ulong> a, Vector128<ulong> b)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.Multiply(a.AsUInt32(), b.AsUInt32());
        }

        return AdvSimd.IsSupported
            ? AdvSimd.MultiplyWideningLower(AdvSimd.ExtractNarrowingLower(a), AdvSimd.ExtractNarrowingLower(b))
            : (a & Vector128.Create((ulong)uint.MaxValue)) * (b & Vector128.Create((ulong)uint.MaxValue));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Xor(Vector128<ulong> a, Vector128<ulong> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> High(Vector128<ulong> a) => a >>> 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLow(uint* destination, Vector128<ulong> value)
    {
        destination[0] = (uint)value.ToScalar();
        destination[1] = (uint)value.GetElement(1);
    }
}
