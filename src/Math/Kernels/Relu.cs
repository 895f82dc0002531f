using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>max(0, x): +0 where x ≤ 0, -0 included; x elsewhere, so NaN stays NaN.</summary>
internal readonly struct Relu : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<S, V>(V x)
        where S : struct, ISimd<V>
        where V : struct => S.Select(S.LessThanOrEqual(x, S.Zero), S.Zero, x);
}
