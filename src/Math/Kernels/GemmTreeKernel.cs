using System.Numerics;
using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>
/// The micro-kernel for a tree of short leaves: tiles so small that the lowest two levels of the tree also stay in registers, and only
/// whole groups of four leaves go to the stack in memory. A leaf of four rows then costs hardly more than four rows of a flat product.
/// <code>
///   leaves  0   1   2   3      c = leaf 0, e = leaf 1, c += e
///            \ /     \ /       e = leaf 2, g = leaf 3, e += g
///             c       e        c += e, then joined with or pushed onto the stack
/// </code>
/// c, e and g are tiles of 4×2 registers (2×2 where there are 16 registers): c0 … c3 the left column, d0 … d3 the right one.
/// </summary>
internal static unsafe class GemmTreeKernel<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    /// <summary>MR: three tiles fit into the registers.</summary>
    public static int RowsMax => S.Registers == 32 ? 4 : 2;

    /// <summary>Computes a run of tiles. A is packed (ARow is 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows, TCols>(GemmTile* tile)
        where TRows : struct, IGemmConstant
        where TCols : struct, IGemmConstant
    {
        nint aStep = tile->AStep;
        nint bStep = tile->BStep;
        for (int index = 0; index < tile->Tiles; index++)
        {
            float* a = tile->A + (index * tile->ATile);
            float* b = tile->B + (index * tile->BTile);
            float* c = tile->C + (index * tile->CTile);
            float* stack = tile->Stack;
            int* ends = tile->Ends;
            int k = tile->First;
            int* places = tile->Places + (index * TRows.Value);
            bool isPlaced = tile->Places != null;
            if (!isPlaced)
            {
                for (int r = 0; r < TRows.Value; r++)
                {
                    S.Prefetch(c + tile->CTile + (r * tile->CRow));
                    S.Prefetch(c + tile->CTile + (r * tile->CRow) + S.Width);
                }
            }

            for (int group = 0, left = tile->Leaves; left > 0; group++, left -= 4, ends += 4)
            {
                V e0, e1, e2, e3, f0, f1, f2, f3;
                Leaf<TRows, TCols>(
                    ends[0], ref k, ref a, ref b, aStep, bStep,
                    out V c0, out V c1, out V c2, out V c3, out V d0, out V d1, out V d2, out V d3);
                if (left >= 4)
                {
                    Leaf<TRows, TCols>(
                        ends[1], ref k, ref a, ref b, aStep, bStep, out e0, out e1, out e2, out e3, out f0, out f1, out f2, out f3);
                    Join(ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3, e0, e1, e2, e3, f0, f1, f2, f3);
                    Leaf<TRows, TCols>(
                        ends[2], ref k, ref a, ref b, aStep, bStep, out e0, out e1, out e2, out e3, out f0, out f1, out f2, out f3);
                    Leaf<TRows, TCols>(
                        ends[3], ref k, ref a, ref b, aStep, bStep,
                        out V g0, out V g1, out V g2, out V g3, out V h0, out V h1, out V h2, out V h3);
                    Join(ref e0, ref e1, ref e2, ref e3, ref f0, ref f1, ref f2, ref f3, g0, g1, g2, g3, h0, h1, h2, h3);
                    Join(ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3, e0, e1, e2, e3, f0, f1, f2, f3);
                }
                else
                {
                    if (left > 1)
                    {
                        Leaf<TRows, TCols>(
                            ends[1], ref k, ref a, ref b, aStep, bStep, out e0, out e1, out e2, out e3, out f0, out f1, out f2, out f3);
                        Join(ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3, e0, e1, e2, e3, f0, f1, f2, f3);
                    }

                    if (left > 2)
                    {
                        Leaf<TRows, TCols>(
                            ends[2], ref k, ref a, ref b, aStep, bStep, out e0, out e1, out e2, out e3, out f0, out f1, out f2, out f3);
                        Join(ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3, e0, e1, e2, e3, f0, f1, f2, f3);
                    }
                }

                bool last = left <= 4;
                for (int joins = last ? BitOperations.PopCount((uint)group) : BitOperations.TrailingZeroCount(~group); joins > 0; joins--)
                {
                    stack -= 8 * S.Width;
                    Load<TRows, TCols>(stack, 2 * S.Width, out e0, out e1, out e2, out e3, out f0, out f1, out f2, out f3);
                    Join(ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3, e0, e1, e2, e3, f0, f1, f2, f3);
                }

                if (last && isPlaced)
                {
                    Place<TRows, TCols>(tile->C, tile->CRow, places, c0, c1, c2, c3, d0, d1, d2, d3);
                    break;
                }

                float* to = last ? c : stack;
                nint toRow = last ? tile->CRow : 2 * S.Width;
                stack += 8 * S.Width;
                Store<TRows, TCols>(to, toRow, c0, c1, c2, c3, d0, d1, d2, d3);
            }
        }
    }

    /// <summary>One leaf: chains from +0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Leaf<TRows, TCols>(
        int end, ref int k, ref float* a, ref float* b, nint aStep, nint bStep,
        out V c0, out V c1, out V c2, out V c3, out V d0, out V d1, out V d2, out V d3)
        where TRows : struct, IGemmConstant
        where TCols : struct, IGemmConstant
    {
        c0 = c1 = c2 = c3 = d0 = d1 = d2 = d3 = S.Zero;
        for (; k + 4 <= end; k += 4)
        {
            Step<TRows, TCols>(a, b, ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3);
            Step<TRows, TCols>(a + aStep, b + bStep, ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3);
            a += 2 * aStep;
            b += 2 * bStep;
            Step<TRows, TCols>(a, b, ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3);
            Step<TRows, TCols>(a + aStep, b + bStep, ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3);
            a += 2 * aStep;
            b += 2 * bStep;
        }

        for (; k < end; k++)
        {
            Step<TRows, TCols>(a, b, ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3);
            a += aStep;
            b += bStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TRows, TCols>(
        float* a, float* b, ref V c0, ref V c1, ref V c2, ref V c3, ref V d0, ref V d1, ref V d2, ref V d3)
        where TRows : struct, IGemmConstant
        where TCols : struct, IGemmConstant
    {
        V b0 = S.Load(b);
        V b1 = TCols.Value > 1 ? S.Load(b + S.Width) : S.Zero;
        GemmTileRow<S, V>.Step<TCols>(a[0], b0, b1, ref c0, ref d0);
        if (TRows.Value > 1) GemmTileRow<S, V>.Step<TCols>(a[1], b0, b1, ref c1, ref d1);
        if (TRows.Value > 2) GemmTileRow<S, V>.Step<TCols>(a[2], b0, b1, ref c2, ref d2);
        if (TRows.Value > 3) GemmTileRow<S, V>.Step<TCols>(a[3], b0, b1, ref c3, ref d3);
    }

    /// <summary>A node of the tree; registers that the tile does not have are joined too and vanish when compiled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join(
        ref V c0, ref V c1, ref V c2, ref V c3, ref V d0, ref V d1, ref V d2, ref V d3,
        V e0, V e1, V e2, V e3, V f0, V f1, V f2, V f3)
    {
        c0 = S.Add(c0, e0);
        c1 = S.Add(c1, e1);
        c2 = S.Add(c2, e2);
        c3 = S.Add(c3, e3);
        d0 = S.Add(d0, f0);
        d1 = S.Add(d1, f1);
        d2 = S.Add(d2, f2);
        d3 = S.Add(d3, f3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TRows, TCols>(
        float* from, nint row, out V c0, out V c1, out V c2, out V c3, out V d0, out V d1, out V d2, out V d3)
        where TRows : struct, IGemmConstant
        where TCols : struct, IGemmConstant
    {
        c0 = c1 = c2 = c3 = d0 = d1 = d2 = d3 = S.Zero;
        GemmTileRow<S, V>.Load<TCols>(from, ref c0, ref d0);
        if (TRows.Value > 1) GemmTileRow<S, V>.Load<TCols>(from + row, ref c1, ref d1);
        if (TRows.Value > 2) GemmTileRow<S, V>.Load<TCols>(from + (2 * row), ref c2, ref d2);
        if (TRows.Value > 3) GemmTileRow<S, V>.Load<TCols>(from + (3 * row), ref c3, ref d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TRows, TCols>(float* to, nint row, V c0, V c1, V c2, V c3, V d0, V d1, V d2, V d3)
        where TRows : struct, IGemmConstant
        where TCols : struct, IGemmConstant
    {
        GemmTileRow<S, V>.Store<TCols>(to, c0, d0);
        if (TRows.Value > 1) GemmTileRow<S, V>.Store<TCols>(to + row, c1, d1);
        if (TRows.Value > 2) GemmTileRow<S, V>.Store<TCols>(to + (2 * row), c2, d2);
        if (TRows.Value > 3) GemmTileRow<S, V>.Store<TCols>(to + (3 * row), c3, d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Place<TRows, TCols>(float* c, nint row, int* places, V c0, V c1, V c2, V c3, V d0, V d1, V d2, V d3)
        where TRows : struct, IGemmConstant
        where TCols : struct, IGemmConstant
    {
        GemmTileRow<S, V>.Store<TCols>(c + (places[0] * row), c0, d0);
        if (TRows.Value > 1) GemmTileRow<S, V>.Store<TCols>(c + (places[1] * row), c1, d1);
        if (TRows.Value > 2) GemmTileRow<S, V>.Store<TCols>(c + (places[2] * row), c2, d2);
        if (TRows.Value > 3) GemmTileRow<S, V>.Store<TCols>(c + (places[3] * row), c3, d3);
    }
}
