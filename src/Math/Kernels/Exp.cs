using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>
/// eˣ in float32, from fused multiply-adds alone; the same bits at every width. At most 0.95 ulp from the true value over the whole domain,
/// subnormal results included.
/// Below -104 it is +0, from 88.7229 on +Inf, of NaN it is NaN.
/// x = n·ln 2 + r with |r| ≤ ln 2 / 2 (Cody and Waite's reduction), eʳ = 1 + r + r²·q(r) with q the minimax polynomial of degree 5 for eʳ's
/// relative error (Remez' exchange, coefficients rounded to float one by one), and eˣ = eʳ·2ⁿ, scaled in two steps so that a subnormal
/// result is rounded by the last multiplication alone.
/// </summary>
internal readonly struct Exp : IUnaryOperator
{
    private const float Log2E = 1.4426950216293335f;
    /// <summary>The upper 16 bits of ln 2, so that x - n·Ln2High is exact; the rest of it follows.</summary>
    private const float Ln2High = 0.693145751953125f;
    private const float Ln2Low = 1.428606765330187e-06f;
    private const float Lowest = -104f;
    private const float Highest = 89f;

    /// <summary>
    /// 1.5·2²³: a float this large holds an integer in its low bits, so adding it rounds to the nearest integer, ties to even.
    /// </summary>
    private const float Rounder = 12582912f;

    /// <summary>eˣ of one number.</summary>
    public static float Of(float x) => Invoke<SimdScalar, float>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<S, V>(V x)
        where S : struct, ISimd<V>
        where V : struct
    {
        V lowest = S.Broadcast(Lowest);
        V highest = S.Broadcast(Highest);
        x = S.Select(S.GreaterThan(lowest, x), lowest, x);
        x = S.Select(S.GreaterThan(x, highest), highest, x);

        V rounder = S.Broadcast(Rounder);
        V shifted = S.FusedMultiplyAdd(x, S.Broadcast(Log2E), rounder);
        V n = S.Subtract(shifted, rounder);
        V r = S.FusedMultiplyAdd(n, S.Broadcast(-Ln2High), x);
        r = S.FusedMultiplyAdd(n, S.Broadcast(-Ln2Low), r);

        V q = S.Broadcast(0.000173601278f);
        q = S.FusedMultiplyAdd(q, r, S.Broadcast(0.0013933389f));
        q = S.FusedMultiplyAdd(q, r, S.Broadcast(0.00833785068f));
        q = S.FusedMultiplyAdd(q, r, S.Broadcast(0.0416664816f));
        q = S.FusedMultiplyAdd(q, r, S.Broadcast(0.166666478f));
        q = S.FusedMultiplyAdd(q, r, S.Broadcast(0.5f));
        q = S.FusedMultiplyAdd(q, S.Multiply(r, r), r);
        q = S.Add(q, S.Broadcast(1f));

        V exponent = S.SubtractBits(shifted, rounder);
        V half = S.ShiftBitsRight(exponent, 1);
        return S.Multiply(S.Multiply(q, PowerOfTwo<S, V>(half)), PowerOfTwo<S, V>(S.SubtractBits(exponent, half)));
    }

    /// <summary>2ⁿ for integers n in [-126, 127], built from its exponent bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowerOfTwo<S, V>(V n)
        where S : struct, ISimd<V>
        where V : struct => S.AddBits(S.ShiftBitsLeft(n, 23), S.Broadcast(1f));
}
