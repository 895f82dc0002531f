using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>
/// Natural logarithm in float32, from fused multiply-adds alone; the same bits at every width. At most 0.8 ulp from the true value,
/// subnormal arguments included.
/// Of ±0 it is -Inf, of +Inf +Inf, of a negative number or NaN it is NaN.
/// x = 2ᵏ·m with m in [√½, √2), f = m - 1 (exact), log m = f - f²/2 + f³·p(f) with p the minimax polynomial of degree 9 for the relative
/// error, log x = log m + k·ln 2.
/// </summary>
internal readonly struct Log : IUnaryOperator
{
    private const float Ln2High = 0.6931471824645996f;
    private const float Ln2Low = -1.9046542121259336e-09f;
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>Subnormals are multiplied by 2²³ first, which is exact.</summary>
    private const float SubnormalScale = 8388608f;

    private const float SquareRootOfHalf = 0.70710677f;

    private static float MantissaBits => BitConverter.Int32BitsToSingle(0x007fffff);

    /// <summary>log x of one number.</summary>
    public static float Of(float x) => Invoke<SimdScalar, float>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<S, V>(V x)
        where S : struct, ISimd<V>
        where V : struct
    {
        V subnormal = S.GreaterThan(S.Broadcast(SmallestNormal), x);
        V normal = S.Select(subnormal, S.Multiply(x, S.Broadcast(SubnormalScale)), x);
        V bias = S.And(subnormal, S.Broadcast(-23f));

        // Exponents are counted from √½, so that m falls into [√½, √2).
        V offset = S.SubtractBits(normal, S.Broadcast(SquareRootOfHalf));
        V k = S.Add(S.BitsToFloat(S.ShiftBitsRight(offset, 23)), bias);
        V m = S.AddBits(S.And(offset, S.Broadcast(MantissaBits)), S.Broadcast(SquareRootOfHalf));
        V result = Reduced<S, V>(S.Subtract(m, S.Broadcast(1f)), k);
        return Special<S, V>(x, result);
    }

    /// <summary>log(1 + f) + k·ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduced<S, V>(V f, V k)
        where S : struct, ISimd<V>
        where V : struct
    {
        V p = S.Broadcast(-0.055182334f);
        p = S.FusedMultiplyAdd(p, f, S.Broadcast(0.104038402f));
        p = S.FusedMultiplyAdd(p, f, S.Broadcast(-0.109162919f));
        p = S.FusedMultiplyAdd(p, f, S.Broadcast(0.110888839f));
        p = S.FusedMultiplyAdd(p, f, S.Broadcast(-0.124175176f));
        p = S.FusedMultiplyAdd(p, f, S.Broadcast(0.142810494f));
        p = S.FusedMultiplyAdd(p, f, S.Broadcast(-0.166696206f));
        p = S.FusedMultiplyAdd(p, f, S.Broadcast(0.200002104f));
        p = S.FusedMultiplyAdd(p, f, S.Broadcast(-0.249999642f));
        p = S.FusedMultiplyAdd(p, f, S.Broadcast(0.333333313f));

        V square = S.Multiply(f, f);
        V tail = S.Multiply(S.Multiply(p, f), square);
        tail = S.FusedMultiplyAdd(k, S.Broadcast(Ln2Low), tail);
        tail = S.FusedMultiplyAdd(square, S.Broadcast(-0.5f), tail);
        return S.FusedMultiplyAdd(k, S.Broadcast(Ln2High), S.Add(f, tail));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Special<S, V>(V x, V result)
        where S : struct, ISimd<V>
        where V : struct
    {
        V zero = S.Zero;
        V infinity = S.Broadcast(float.PositiveInfinity);
        result = S.Select(S.EqualTo(x, zero), S.Broadcast(float.NegativeInfinity), result);
        result = S.Select(S.EqualTo(x, infinity), infinity, result);
        V defined = S.Or(S.GreaterThan(x, zero), S.EqualTo(x, zero));
        return S.Select(defined, result, S.Broadcast(float.NaN));
    }
}
