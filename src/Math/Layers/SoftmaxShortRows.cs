using System.Runtime.CompilerServices;
using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Layers;

/// <summary>
/// Softmax of rows that are one block of virtual lanes, as many rows at a time as a register has lanes. Transposed, a virtual lane is a
/// register and a row is a hardware lane, so that the fixed tree over the virtual lanes becomes plain additions of registers: the same
/// additions in the same order as <see cref="VirtualLanes"/> makes for a row of its own, and no row waits for the one before it.
/// </summary>
internal static unsafe class SoftmaxShortRows<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    private const int Lanes = VirtualLanes.Count;

    /// <summary>Floats of scratch.</summary>
    public static int ScratchCount => Lanes * S.Width;

    /// <summary>Softmax of <see cref="ISimd{V}.Width"/> rows of <see cref="VirtualLanes.Count"/> floats.</summary>
    /// <param name="z">The rows, without gaps.</param>
    /// <param name="p">Their probabilities.</param>
    /// <param name="maxima">One per row.</param>
    /// <param name="sums">One per row.</param>
    /// <param name="scratch"><see cref="ScratchCount"/> floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(float* z, float* p, float* maxima, float* sums, float* scratch)
    {
        for (int lane = 0; lane < Lanes; lane += S.Width)
        {
            S.Transpose(z + lane, Lanes, S.Width, S.Width, scratch + (lane * S.Width), S.Width);
        }

        V maximum = Higher(Higher(Quarter(scratch, 0), Quarter(scratch, 2)), Higher(Quarter(scratch, 1), Quarter(scratch, 3)));
        S.Store(maxima, maximum);
        for (int lane = 0; lane < Lanes; lane++)
        {
            float* at = scratch + (lane * S.Width);
            S.Store(at, Exp.Invoke<S, V>(S.Subtract(S.Load(at), maximum)));
        }

        V sum = S.Add(S.Add(QuarterSum(scratch, 0), QuarterSum(scratch, 2)), S.Add(QuarterSum(scratch, 1), QuarterSum(scratch, 3)));
        S.Store(sums, sum);
        for (int lane = 0; lane < Lanes; lane++)
        {
            float* at = scratch + (lane * S.Width);
            S.Store(at, S.Divide(S.Load(at), sum));
        }

        for (int lane = 0; lane < Lanes; lane += S.Width)
        {
            S.Transpose(scratch + (lane * S.Width), S.Width, S.Width, S.Width, p + lane, Lanes);
        }
    }

    /// <summary>Lanes i, i+4, i+8 and i+12, joined as (i, i+8) with (i+4, i+12).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Quarter(float* scratch, int i) => Higher(
        Higher(Highest(scratch, i), Highest(scratch, i + 8)), Higher(Highest(scratch, i + 4), Highest(scratch, i + 12)));

    /// <inheritdoc cref="Quarter"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V QuarterSum(float* scratch, int i) => S.Add(
        S.Add(Lane(scratch, i), Lane(scratch, i + 8)), S.Add(Lane(scratch, i + 4), Lane(scratch, i + 12)));

    /// <summary>A lane's sum begins at +0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Lane(float* scratch, int lane) => S.Add(S.Zero, S.Load(scratch + (lane * S.Width)));

    /// <summary>A lane's maximum begins at -Inf, which also takes the place of a NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Highest(float* scratch, int lane) => Higher(S.Broadcast(float.NegativeInfinity), S.Load(scratch + (lane * S.Width)));

    /// <summary>Lanes of b where they are above a's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Higher(V a, V b) => S.Select(S.GreaterThan(b, a), b, a);
}
