using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>
/// Hyperbolic tangent in float32; the same bits at every width. At most 1.3 ulp from the true value. Odd to the bit: tanh(-x) = -tanh(x),
/// tanh(±0) = ±0; of ±Inf it is ±1, of NaN NaN.
/// Up to 0.625 it is x + x³·q(x²) with q the minimax polynomial of degree 5 for the relative error, above 1 - 2/(e²ˣ + 1).
/// </summary>
internal readonly struct Tanh : IUnaryOperator
{
    private const float PolynomialEnd = 0.625f;
    private const float SignBit = -0f;

    private static float MagnitudeBits => BitConverter.Int32BitsToSingle(int.MaxValue);

    /// <summary>The hyperbolic tangent of one number.</summary>
    public static float Of(float x) => Invoke<SimdScalar, float>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<S, V>(V x)
        where S : struct, ISimd<V>
        where V : struct
    {
        V magnitude = S.And(x, S.Broadcast(MagnitudeBits));
        V small = S.GreaterThan(S.Broadcast(PolynomialEnd), magnitude);
        V result = S.Select(small, Near<S, V>(magnitude), Far<S, V>(magnitude));
        return S.Or(result, S.And(x, S.Broadcast(SignBit)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Near<S, V>(V x)
        where S : struct, ISimd<V>
        where V : struct
    {
        V square = S.Multiply(x, x);
        V q = S.Broadcast(0.00215268414f);
        q = S.FusedMultiplyAdd(q, square, S.Broadcast(-0.00819001347f));
        q = S.FusedMultiplyAdd(q, square, S.Broadcast(0.021706894f));
        q = S.FusedMultiplyAdd(q, square, S.Broadcast(-0.0539481789f));
        q = S.FusedMultiplyAdd(q, square, S.Broadcast(0.133332208f));
        q = S.FusedMultiplyAdd(q, square, S.Broadcast(-0.333333313f));
        return S.FusedMultiplyAdd(S.Multiply(q, square), x, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Far<S, V>(V x)
        where S : struct, ISimd<V>
        where V : struct
    {
        V one = S.Broadcast(1f);
        V e = Exp.Invoke<S, V>(S.Add(x, x));
        return S.Subtract(one, S.Divide(S.Broadcast(2f), S.Add(e, one)));
    }
}
