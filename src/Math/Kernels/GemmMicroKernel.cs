using System.Numerics;
using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>
/// The micro-kernel: a tile of C, MR rows by one or two registers, held in registers over the whole summed index.
/// <code>
///            B   [b0 b0 b0 b0][b1 b1 b1 b1]   one step: two loads
///   A  a0  x     [c0 ........][d0 ........]
///      a1  x     [c1 ........][d1 ........]   each row a broadcast, then two fused multiply-adds
///      ..        [..         ][..         ]
/// </code>
/// Every lane of every accumulator is the chain of one output, in index order, started at +0 (or at C with Accumulate).
/// With several leaves each leaf starts new chains, and finished leaves are joined over the reduction tree: a stack of tiles in the
/// nearest cache, whose top is the left sibling of what is being computed. MR, the columns and A's layout are type parameters, so that
/// the conditions below vanish when a kernel is compiled and the accumulators stay in registers.
/// </summary>
internal static unsafe class GemmMicroKernel<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    /// <summary>Computes a column of tiles of <typeparamref name="TRows"/> rows by <typeparamref name="TCols"/> registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows, TCols, TLayout>(GemmTile* tile)
        where TRows : struct, IGemmConstant
        where TCols : struct, IGemmConstant
        where TLayout : struct, IGemmLayout
    {
        for (int index = 0; index < tile->Tiles; index++)
        {
            nint row = tile->ARow;
            nint aStep = tile->AStep;
            nint bStep = tile->BStep;
            float* a = tile->A + (index * tile->ATile);
            float* b = tile->B + (index * tile->BTile);
            float* c = tile->C + (index * tile->CTile);
            float* a3 = a + (3 * row);
            float* a6 = a + (6 * row);
            float* a9 = a + (9 * row);
            float* stack = tile->Stack;
            int leaves = tile->Leaves;
            int begin = tile->First;
            Prefetch<TRows>(c + tile->CTile, tile->CRow);
            float* next = tile->Next + (index * tile->NextTile);
            nint nextStep = index < tile->NextTiles ? tile->NextStep : 0;
            for (int leaf = 0; leaf < leaves; leaf++)
            {
                V c0 = S.Zero, c1 = S.Zero, c2 = S.Zero, c3 = S.Zero, c4 = S.Zero, c5 = S.Zero, c6 = S.Zero, c7 = S.Zero, c8 = S.Zero, c9 = S.Zero, c10 = S.Zero, c11 = S.Zero;
                V d0 = S.Zero, d1 = S.Zero, d2 = S.Zero, d3 = S.Zero, d4 = S.Zero, d5 = S.Zero, d6 = S.Zero, d7 = S.Zero, d8 = S.Zero, d9 = S.Zero, d10 = S.Zero, d11 = S.Zero;
                if (tile->Accumulate)
                {
                    float* from = c;
                    nint fromRow = tile->CRow;
                    c0 = S.Load(from);
                    if (TCols.Value > 1) d0 = S.Load(from + S.Width);
                    from += fromRow;
                    if (TRows.Value > 1)
                    {
                        c1 = S.Load(from);
                        if (TCols.Value > 1) d1 = S.Load(from + S.Width);
                        from += fromRow;
                    }
                    if (TRows.Value > 2)
                    {
                        c2 = S.Load(from);
                        if (TCols.Value > 1) d2 = S.Load(from + S.Width);
                        from += fromRow;
                    }
                    if (TRows.Value > 3)
                    {
                        c3 = S.Load(from);
                        if (TCols.Value > 1) d3 = S.Load(from + S.Width);
                        from += fromRow;
                    }
                    if (TRows.Value > 4)
                    {
                        c4 = S.Load(from);
                        if (TCols.Value > 1) d4 = S.Load(from + S.Width);
                        from += fromRow;
                    }
                    if (TRows.Value > 5)
                    {
                        c5 = S.Load(from);
                        if (TCols.Value > 1) d5 = S.Load(from + S.Width);
                        from += fromRow;
                    }
                    if (TRows.Value > 6)
                    {
                        c6 = S.Load(from);
                        if (TCols.Value > 1) d6 = S.Load(from + S.Width);
                        from += fromRow;
                    }
                    if (TRows.Value > 7)
                    {
                        c7 = S.Load(from);
                        if (TCols.Value > 1) d7 = S.Load(from + S.Width);
                        from += fromRow;
                    }
                    if (TRows.Value > 8)
                    {
                        c8 = S.Load(from);
                        if (TCols.Value > 1) d8 = S.Load(from + S.Width);
                        from += fromRow;
                    }
                    if (TRows.Value > 9)
                    {
                        c9 = S.Load(from);
                        if (TCols.Value > 1) d9 = S.Load(from + S.Width);
                        from += fromRow;
                    }
                    if (TRows.Value > 10)
                    {
                        c10 = S.Load(from);
                        if (TCols.Value > 1) d10 = S.Load(from + S.Width);
                        from += fromRow;
                    }
                    if (TRows.Value > 11)
                    {
                        c11 = S.Load(from);
                        if (TCols.Value > 1) d11 = S.Load(from + S.Width);
                        from += fromRow;
                    }
                }

                int end = tile->Ends[leaf];
                for (int k = begin; k < end; k++)
                {
                    V b0 = S.Load(b);
                    V b1 = TCols.Value > 1 ? S.Load(b + S.Width) : S.Zero;
                    V x;
                    x = S.Broadcast(TLayout.Packed ? a[0] : a[0]);
                    c0 = S.FusedMultiplyAdd(x, b0, c0);
                    if (TCols.Value > 1) d0 = S.FusedMultiplyAdd(x, b1, d0);
                    if (TRows.Value > 1)
                    {
                        x = S.Broadcast(TLayout.Packed ? a[1] : a[row]);
                        c1 = S.FusedMultiplyAdd(x, b0, c1);
                        if (TCols.Value > 1) d1 = S.FusedMultiplyAdd(x, b1, d1);
                    }
                    if (TRows.Value > 2)
                    {
                        x = S.Broadcast(TLayout.Packed ? a[2] : a[2 * row]);
                        c2 = S.FusedMultiplyAdd(x, b0, c2);
                        if (TCols.Value > 1) d2 = S.FusedMultiplyAdd(x, b1, d2);
                    }
                    if (TRows.Value > 3)
                    {
                        x = S.Broadcast(TLayout.Packed ? a[3] : a3[0]);
                        c3 = S.FusedMultiplyAdd(x, b0, c3);
                        if (TCols.Value > 1) d3 = S.FusedMultiplyAdd(x, b1, d3);
                    }
                    if (TRows.Value > 4)
                    {
                        x = S.Broadcast(TLayout.Packed ? a[4] : a3[row]);
                        c4 = S.FusedMultiplyAdd(x, b0, c4);
                        if (TCols.Value > 1) d4 = S.FusedMultiplyAdd(x, b1, d4);
                    }
                    if (TRows.Value > 5)
                    {
                        x = S.Broadcast(TLayout.Packed ? a[5] : a3[2 * row]);
                        c5 = S.FusedMultiplyAdd(x, b0, c5);
                        if (TCols.Value > 1) d5 = S.FusedMultiplyAdd(x, b1, d5);
                    }
                    if (TRows.Value > 6)
                    {
                        x = S.Broadcast(TLayout.Packed ? a[6] : a6[0]);
                        c6 = S.FusedMultiplyAdd(x, b0, c6);
                        if (TCols.Value > 1) d6 = S.FusedMultiplyAdd(x, b1, d6);
                    }
                    if (TRows.Value > 7)
                    {
                        x = S.Broadcast(TLayout.Packed ? a[7] : a6[row]);
                        c7 = S.FusedMultiplyAdd(x, b0, c7);
                        if (TCols.Value > 1) d7 = S.FusedMultiplyAdd(x, b1, d7);
                    }
                    if (TRows.Value > 8)
                    {
                        x = S.Broadcast(TLayout.Packed ? a[8] : a6[2 * row]);
                        c8 = S.FusedMultiplyAdd(x, b0, c8);
                        if (TCols.Value > 1) d8 = S.FusedMultiplyAdd(x, b1, d8);
                    }
                    if (TRows.Value > 9)
                    {
                        x = S.Broadcast(TLayout.Packed ? a[9] : a9[0]);
                        c9 = S.FusedMultiplyAdd(x, b0, c9);
                        if (TCols.Value > 1) d9 = S.FusedMultiplyAdd(x, b1, d9);
                    }
                    if (TRows.Value > 10)
                    {
                        x = S.Broadcast(TLayout.Packed ? a[10] : a9[row]);
                        c10 = S.FusedMultiplyAdd(x, b0, c10);
                        if (TCols.Value > 1) d10 = S.FusedMultiplyAdd(x, b1, d10);
                    }
                    if (TRows.Value > 11)
                    {
                        x = S.Broadcast(TLayout.Packed ? a[11] : a9[2 * row]);
                        c11 = S.FusedMultiplyAdd(x, b0, c11);
                        if (TCols.Value > 1) d11 = S.FusedMultiplyAdd(x, b1, d11);
                    }

                    if (TLayout.FetchesNext)
                    {
                        SimdPrefetch.Second(next);
                        next += nextStep;
                    }

                    b += bStep;
                    a += aStep;
                    if (!TLayout.Packed)
                    {
                        a3 += aStep;
                        a6 += aStep;
                        a9 += aStep;
                    }
                }

                begin = end;
                bool last = leaf == leaves - 1;
                for (int joins = last ? BitOperations.PopCount((uint)leaf) : BitOperations.TrailingZeroCount(~leaf); joins > 0; joins--)
                {
                    stack -= TRows.Value * 2 * S.Width;
                    float* left = stack;
                    c0 = S.Add(S.Load(left + (0 * S.Width)), c0);
                    if (TCols.Value > 1) d0 = S.Add(S.Load(left + (1 * S.Width)), d0);
                    if (TRows.Value > 1)
                    {
                        c1 = S.Add(S.Load(left + (2 * S.Width)), c1);
                        if (TCols.Value > 1) d1 = S.Add(S.Load(left + (3 * S.Width)), d1);
                    }
                    if (TRows.Value > 2)
                    {
                        c2 = S.Add(S.Load(left + (4 * S.Width)), c2);
                        if (TCols.Value > 1) d2 = S.Add(S.Load(left + (5 * S.Width)), d2);
                    }
                    if (TRows.Value > 3)
                    {
                        c3 = S.Add(S.Load(left + (6 * S.Width)), c3);
                        if (TCols.Value > 1) d3 = S.Add(S.Load(left + (7 * S.Width)), d3);
                    }
                    if (TRows.Value > 4)
                    {
                        c4 = S.Add(S.Load(left + (8 * S.Width)), c4);
                        if (TCols.Value > 1) d4 = S.Add(S.Load(left + (9 * S.Width)), d4);
                    }
                    if (TRows.Value > 5)
                    {
                        c5 = S.Add(S.Load(left + (10 * S.Width)), c5);
                        if (TCols.Value > 1) d5 = S.Add(S.Load(left + (11 * S.Width)), d5);
                    }
                    if (TRows.Value > 6)
                    {
                        c6 = S.Add(S.Load(left + (12 * S.Width)), c6);
                        if (TCols.Value > 1) d6 = S.Add(S.Load(left + (13 * S.Width)), d6);
                    }
                    if (TRows.Value > 7)
                    {
                        c7 = S.Add(S.Load(left + (14 * S.Width)), c7);
                        if (TCols.Value > 1) d7 = S.Add(S.Load(left + (15 * S.Width)), d7);
                    }
                    if (TRows.Value > 8)
                    {
                        c8 = S.Add(S.Load(left + (16 * S.Width)), c8);
                        if (TCols.Value > 1) d8 = S.Add(S.Load(left + (17 * S.Width)), d8);
                    }
                    if (TRows.Value > 9)
                    {
                        c9 = S.Add(S.Load(left + (18 * S.Width)), c9);
                        if (TCols.Value > 1) d9 = S.Add(S.Load(left + (19 * S.Width)), d9);
                    }
                    if (TRows.Value > 10)
                    {
                        c10 = S.Add(S.Load(left + (20 * S.Width)), c10);
                        if (TCols.Value > 1) d10 = S.Add(S.Load(left + (21 * S.Width)), d10);
                    }
                    if (TRows.Value > 11)
                    {
                        c11 = S.Add(S.Load(left + (22 * S.Width)), c11);
                        if (TCols.Value > 1) d11 = S.Add(S.Load(left + (23 * S.Width)), d11);
                    }
                }

                float* to = last ? c : stack;
                nint toRow = last ? tile->CRow : 2 * S.Width;
                stack += TRows.Value * 2 * S.Width;
                S.Store(to, c0);
                if (TCols.Value > 1) S.Store(to + S.Width, d0);
                if (TRows.Value > 1)
                {
                    to += toRow;
                    S.Store(to, c1);
                    if (TCols.Value > 1) S.Store(to + S.Width, d1);
                }
                if (TRows.Value > 2)
                {
                    to += toRow;
                    S.Store(to, c2);
                    if (TCols.Value > 1) S.Store(to + S.Width, d2);
                }
                if (TRows.Value > 3)
                {
                    to += toRow;
                    S.Store(to, c3);
                    if (TCols.Value > 1) S.Store(to + S.Width, d3);
                }
                if (TRows.Value > 4)
                {
                    to += toRow;
                    S.Store(to, c4);
                    if (TCols.Value > 1) S.Store(to + S.Width, d4);
                }
                if (TRows.Value > 5)
                {
                    to += toRow;
                    S.Store(to, c5);
                    if (TCols.Value > 1) S.Store(to + S.Width, d5);
                }
                if (TRows.Value > 6)
                {
                    to += toRow;
                    S.Store(to, c6);
                    if (TCols.Value > 1) S.Store(to + S.Width, d6);
                }
                if (TRows.Value > 7)
                {
                    to += toRow;
                    S.Store(to, c7);
                    if (TCols.Value > 1) S.Store(to + S.Width, d7);
                }
                if (TRows.Value > 8)
                {
                    to += toRow;
                    S.Store(to, c8);
                    if (TCols.Value > 1) S.Store(to + S.Width, d8);
                }
                if (TRows.Value > 9)
                {
                    to += toRow;
                    S.Store(to, c9);
                    if (TCols.Value > 1) S.Store(to + S.Width, d9);
                }
                if (TRows.Value > 10)
                {
                    to += toRow;
                    S.Store(to, c10);
                    if (TCols.Value > 1) S.Store(to + S.Width, d10);
                }
                if (TRows.Value > 11)
                {
                    to += toRow;
                    S.Store(to, c11);
                    if (TCols.Value > 1) S.Store(to + S.Width, d11);
                }
            }
        }
    }

    /// <summary>Asks for the lines of the next tile of C: a continued chain starts with them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch<TRows>(float* c, nint row)
        where TRows : struct, IGemmConstant
    {
        for (int r = 0; r < TRows.Value; r++, c += row)
        {
            S.Prefetch(c);
            S.Prefetch(c + S.Width);
        }
    }
}
