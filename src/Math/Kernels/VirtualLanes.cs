using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Distributed.Numerics.Kernels;

/// <summary>
/// Reductions that run along a row. Element i belongs to virtual lane i mod 16 whatever the hardware's width; a lane takes its elements in
/// index order, from +0 for sums, from -Inf for maxima; the lanes then meet in the fixed tree (l, l+8), (l, l+4), (l, l+2), (l, l+1).
/// A row is whole blocks of 16 floats: what pads it must not count (+0 in a sum, -Inf in a maximum).
/// </summary>
internal static unsafe class VirtualLanes
{
    /// <summary>Virtual lanes: as many as the widest vector has floats.</summary>
    public const int Count = 16;

    /// <summary>Floats that hold <see cref="Count"/> aligned ones.</summary>
    public const int ScratchCount = 2 * Count;

    /// <summary>
    /// The first block of lanes inside <paramref name="scratch"/> that shares no cache line with its neighbours: only such a block is
    /// passed from a wide store to narrower loads without a detour through the cache.
    /// </summary>
    public static float* Aligned(float* scratch) => (float*)(((nuint)scratch + LineBytes - 1) & ~(LineBytes - 1));

    private const nuint LineBytes = Count * sizeof(float);

    /// <summary>Σ x[i].</summary>
    /// <param name="x">A row of <paramref name="length"/> floats.</param>
    /// <param name="length">A multiple of <see cref="Count"/>.</param>
    /// <param name="lanes">Scratch from <see cref="Aligned"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum<S, V>(float* x, int length, float* lanes)
        where S : struct, ISimd<V>
        where V : struct
    {
        for (int lane = 0; lane < Count; lane += S.Width)
        {
            V sum = S.Zero;
            for (int i = lane; i < length; i += Count)
            {
                sum = S.Add(sum, S.Load(x + i));
            }

            S.Store(lanes + lane, sum);
        }

        Vector128<float> even = Vector128.Load(lanes) + Vector128.Load(lanes + 8);
        Vector128<float> odd = Vector128.Load(lanes + 4) + Vector128.Load(lanes + 12);
        Vector128<float> quarter = even + odd;
        quarter += Vector128.Shuffle(quarter, Vector128.Create(2, 3, 2, 3));
        return quarter.ToScalar() + quarter.GetElement(1);
    }

    /// <summary>The largest x[i], NaN aside; -Inf where there is none.</summary>
    /// <param name="x">A row of <paramref name="length"/> floats.</param>
    /// <param name="length">A multiple of <see cref="Count"/>.</param>
    /// <param name="lanes">Scratch from <see cref="Aligned"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max<S, V>(float* x, int length, float* lanes)
        where S : struct, ISimd<V>
        where V : struct
    {
        for (int lane = 0; lane < Count; lane += S.Width)
        {
            V highest = S.Broadcast(float.NegativeInfinity);
            for (int i = lane; i < length; i += Count)
            {
                V next = S.Load(x + i);
                highest = S.Select(S.GreaterThan(next, highest), next, highest);
            }

            S.Store(lanes + lane, highest);
        }

        Vector128<float> even = Higher(Vector128.Load(lanes), Vector128.Load(lanes + 8));
        Vector128<float> odd = Higher(Vector128.Load(lanes + 4), Vector128.Load(lanes + 12));
        Vector128<float> quarter = Higher(even, odd);
        quarter = Higher(quarter, Vector128.Shuffle(quarter, Vector128.Create(2, 3, 2, 3)));
        return Higher(quarter, Vector128.Shuffle(quarter, Vector128.Create(1, 1, 1, 1))).ToScalar();
    }

    /// <summary>Lanes of b where they are above a's. No lane is NaN here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Higher(Vector128<float> a, Vector128<float> b) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(b, a), b, a);
}
