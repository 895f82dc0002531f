using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>
/// 1/(1 + e⁻ˣ) in float32; the same bits at every width. At most 2.2 ulp from the true value, subnormal results included.
/// With e = exp(-|x|), which cannot overflow, it is 1/(1 + e) for x ≥ 0 and e/(1 + e) below; of -Inf it is 0, of +Inf 1, of NaN NaN.
/// </summary>
internal readonly struct Sigmoid : IUnaryOperator
{
    private const float SignBit = -0f;

    /// <summary>The sigmoid of one number.</summary>
    public static float Of(float x) => Invoke<SimdScalar, float>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<S, V>(V x)
        where S : struct, ISimd<V>
        where V : struct
    {
        V one = S.Broadcast(1f);
        V e = Exp.Invoke<S, V>(S.Or(x, S.Broadcast(SignBit)));
        V negative = S.GreaterThan(S.Zero, x);
        return S.Divide(S.Select(negative, e, one), S.Add(one, e));
    }
}
