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
    /// <summary>
    /// Steps per line of <see cref="GemmTile.Far"/>. A step of a 12×2 tile takes 12 cycles, so it asks for 64 bytes every 48 cycles:
    /// about 5 GB/s, a third of what one core draws from memory, which leaves the rest for C and A.
    /// </summary>
    public const uint FarSteps = 4;

    /// <summary>
    /// Steps after which a line of an unpacked vector operand is used that was asked for: at 12 cycles a step, what the third cache takes.
    /// </summary>
    private const int ColumnsAhead = 16;

    private const nint LineBytes = 64;

    /// <summary>Computes a run of tiles of <typeparamref name="TRows"/> rows by <typeparamref name="TCols"/> registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows, TCols, TLayout>(GemmTile* tile)
        where TRows : struct, IGemmConstant
        where TCols : struct, IGemmConstant
        where TLayout : struct, IGemmLayout
    {
        for (int index = 0; index < tile->Tiles; index++)
        {
            nint aRow = tile->ARow;
            nint aStep = tile->AStep;
            int element = TLayout.IsOfBytes ? sizeof(byte) : sizeof(float);
            nint bStep = tile->BStep * element;
            nint bSecond = tile->BSecond;
            nint aheadMask = (1 << tile->AheadShift) - 1;
            V offset = TLayout.IsOfBytes ? S.Broadcast(tile->ByteOffset) : S.Zero;
            V factor = TLayout.IsOfBytes ? S.Broadcast(tile->ByteFactor) : S.Zero;
            float* a = tile->A + (index * tile->ATile);
            byte* b = (byte*)tile->B + (index * tile->BTile * element);
            byte* bFirst = b;
            int* stepPlaces = tile->StepPlaces;
            float* c = tile->C + (index * tile->CTile);
            float* a3 = a + (3 * aRow), a6 = a + (6 * aRow), a9 = a + (9 * aRow);
            float* next = tile->Next + (index * tile->NextTile);
            nint nextStep = tile->NextStep;
            nint farStep = tile->FarStep;
            float* far = tile->Far + (index * tile->FarTile) - ((nint)((uint)tile->First / FarSteps) * farStep);
            float* panel = tile->Panels + (index * tile->PanelTile);
            nint ahead = ColumnsAhead * bStep;
            float* stack = tile->Stack;
            int k = tile->First;
            if (!TLayout.PlacesRows)
            {
                Prefetch<TRows>(c + tile->CTile, tile->CRow);
            }

            for (int leaf = 0; leaf < tile->Leaves; leaf++)
            {
                V c0 = S.Zero, c1 = S.Zero, c2 = S.Zero, c3 = S.Zero, c4 = S.Zero, c5 = S.Zero;
                V c6 = S.Zero, c7 = S.Zero, c8 = S.Zero, c9 = S.Zero, c10 = S.Zero, c11 = S.Zero;
                V d0 = S.Zero, d1 = S.Zero, d2 = S.Zero, d3 = S.Zero, d4 = S.Zero, d5 = S.Zero;
                V d6 = S.Zero, d7 = S.Zero, d8 = S.Zero, d9 = S.Zero, d10 = S.Zero, d11 = S.Zero;
                if (tile->Accumulate)
                {
                    nint row = tile->CRow;
                    GemmTileRow<S, V>.Load<TCols>(c, ref c0, ref d0);
                    if (TRows.Value > 1) GemmTileRow<S, V>.Load<TCols>(c + row, ref c1, ref d1);
                    if (TRows.Value > 2) GemmTileRow<S, V>.Load<TCols>(c + (2 * row), ref c2, ref d2);
                    if (TRows.Value > 3) GemmTileRow<S, V>.Load<TCols>(c + (3 * row), ref c3, ref d3);
                    if (TRows.Value > 4) GemmTileRow<S, V>.Load<TCols>(c + (4 * row), ref c4, ref d4);
                    if (TRows.Value > 5) GemmTileRow<S, V>.Load<TCols>(c + (5 * row), ref c5, ref d5);
                    if (TRows.Value > 6) GemmTileRow<S, V>.Load<TCols>(c + (6 * row), ref c6, ref d6);
                    if (TRows.Value > 7) GemmTileRow<S, V>.Load<TCols>(c + (7 * row), ref c7, ref d7);
                    if (TRows.Value > 8) GemmTileRow<S, V>.Load<TCols>(c + (8 * row), ref c8, ref d8);
                    if (TRows.Value > 9) GemmTileRow<S, V>.Load<TCols>(c + (9 * row), ref c9, ref d9);
                    if (TRows.Value > 10) GemmTileRow<S, V>.Load<TCols>(c + (10 * row), ref c10, ref d10);
                    if (TRows.Value > 11) GemmTileRow<S, V>.Load<TCols>(c + (11 * row), ref c11, ref d11);
                }

                for (int end = tile->Ends[leaf]; k < end; k++)
                {
                    if (TLayout.PlacesSteps)
                    {
                        b = bFirst + (stepPlaces[k] * bStep);
                    }

                    V b0 = TLayout.IsOfBytes ? Scaled(b, offset, factor) : S.Load((float*)b);
                    V b1 = TCols.Value == 1 ? S.Zero
                        : TLayout.IsOfBytes ? Scaled(b + bSecond, offset, factor) : S.Load((float*)b + S.Width);
                    GemmTileRow<S, V>.Step<TCols>(TLayout.Packed ? a[0] : a[0], b0, b1, ref c0, ref d0);
                    if (TRows.Value > 1) GemmTileRow<S, V>.Step<TCols>(TLayout.Packed ? a[1] : a[aRow], b0, b1, ref c1, ref d1);
                    if (TRows.Value > 2) GemmTileRow<S, V>.Step<TCols>(TLayout.Packed ? a[2] : a[2 * aRow], b0, b1, ref c2, ref d2);
                    if (TRows.Value > 3) GemmTileRow<S, V>.Step<TCols>(TLayout.Packed ? a[3] : a3[0], b0, b1, ref c3, ref d3);
                    if (TRows.Value > 4) GemmTileRow<S, V>.Step<TCols>(TLayout.Packed ? a[4] : a3[aRow], b0, b1, ref c4, ref d4);
                    if (TRows.Value > 5) GemmTileRow<S, V>.Step<TCols>(TLayout.Packed ? a[5] : a3[2 * aRow], b0, b1, ref c5, ref d5);
                    if (TRows.Value > 6) GemmTileRow<S, V>.Step<TCols>(TLayout.Packed ? a[6] : a6[0], b0, b1, ref c6, ref d6);
                    if (TRows.Value > 7) GemmTileRow<S, V>.Step<TCols>(TLayout.Packed ? a[7] : a6[aRow], b0, b1, ref c7, ref d7);
                    if (TRows.Value > 8) GemmTileRow<S, V>.Step<TCols>(TLayout.Packed ? a[8] : a6[2 * aRow], b0, b1, ref c8, ref d8);
                    if (TRows.Value > 9) GemmTileRow<S, V>.Step<TCols>(TLayout.Packed ? a[9] : a9[0], b0, b1, ref c9, ref d9);
                    if (TRows.Value > 10) GemmTileRow<S, V>.Step<TCols>(TLayout.Packed ? a[10] : a9[aRow], b0, b1, ref c10, ref d10);
                    if (TRows.Value > 11) GemmTileRow<S, V>.Step<TCols>(TLayout.Packed ? a[11] : a9[2 * aRow], b0, b1, ref c11, ref d11);
                    if (TLayout.PacksColumns)
                    {
                        S.Prefetch((float*)(b + ahead));
                        S.Prefetch((float*)(b + ahead) + S.Width);
                        S.Store(panel, b0);
                        S.Store(panel + S.Width, b1);
                        panel += 2 * S.Width;
                    }

                    if (TLayout.FetchesNext)
                    {
                        SimdPrefetch.Second(next);
                        next += nextStep;
                        SimdPrefetch.Second(far + ((nint)((uint)k / FarSteps) * farStep));
                    }

                    if (TLayout.IsOfBytes)
                    {
                        nint line = System.Math.Min((k & aheadMask) * LineBytes, tile->AheadLast);
                        SimdPrefetch.Second((float*)(tile->Ahead[k >> tile->AheadShift] + line));
                    }

                    if (!TLayout.PlacesSteps)
                    {
                        b += bStep;
                    }

                    a += aStep;
                    if (!TLayout.Packed)
                    {
                        a3 += aStep;
                        a6 += aStep;
                        a9 += aStep;
                    }
                }

                bool last = leaf == tile->Leaves - 1;
                for (int joins = last ? BitOperations.PopCount((uint)leaf) : BitOperations.TrailingZeroCount(~leaf); joins > 0; joins--)
                {
                    stack -= TRows.Value * 2 * S.Width;
                    GemmTileRow<S, V>.Join<TCols>(stack, ref c0, ref d0);
                    if (TRows.Value > 1) GemmTileRow<S, V>.Join<TCols>(stack + (2 * S.Width), ref c1, ref d1);
                    if (TRows.Value > 2) GemmTileRow<S, V>.Join<TCols>(stack + (4 * S.Width), ref c2, ref d2);
                    if (TRows.Value > 3) GemmTileRow<S, V>.Join<TCols>(stack + (6 * S.Width), ref c3, ref d3);
                    if (TRows.Value > 4) GemmTileRow<S, V>.Join<TCols>(stack + (8 * S.Width), ref c4, ref d4);
                    if (TRows.Value > 5) GemmTileRow<S, V>.Join<TCols>(stack + (10 * S.Width), ref c5, ref d5);
                    if (TRows.Value > 6) GemmTileRow<S, V>.Join<TCols>(stack + (12 * S.Width), ref c6, ref d6);
                    if (TRows.Value > 7) GemmTileRow<S, V>.Join<TCols>(stack + (14 * S.Width), ref c7, ref d7);
                    if (TRows.Value > 8) GemmTileRow<S, V>.Join<TCols>(stack + (16 * S.Width), ref c8, ref d8);
                    if (TRows.Value > 9) GemmTileRow<S, V>.Join<TCols>(stack + (18 * S.Width), ref c9, ref d9);
                    if (TRows.Value > 10) GemmTileRow<S, V>.Join<TCols>(stack + (20 * S.Width), ref c10, ref d10);
                    if (TRows.Value > 11) GemmTileRow<S, V>.Join<TCols>(stack + (22 * S.Width), ref c11, ref d11);
                }

                if (TLayout.PlacesRows && last)
                {
                    int* places = tile->Places + (index * TRows.Value);
                    nint row = tile->CRow;
                    GemmTileRow<S, V>.Store<TCols>(c + (places[0] * row), c0, d0);
                    if (TRows.Value > 1) GemmTileRow<S, V>.Store<TCols>(c + (places[1] * row), c1, d1);
                    if (TRows.Value > 2) GemmTileRow<S, V>.Store<TCols>(c + (places[2] * row), c2, d2);
                    if (TRows.Value > 3) GemmTileRow<S, V>.Store<TCols>(c + (places[3] * row), c3, d3);
                    if (TRows.Value > 4) GemmTileRow<S, V>.Store<TCols>(c + (places[4] * row), c4, d4);
                    if (TRows.Value > 5) GemmTileRow<S, V>.Store<TCols>(c + (places[5] * row), c5, d5);
                    if (TRows.Value > 6) GemmTileRow<S, V>.Store<TCols>(c + (places[6] * row), c6, d6);
                    if (TRows.Value > 7) GemmTileRow<S, V>.Store<TCols>(c + (places[7] * row), c7, d7);
                    if (TRows.Value > 8) GemmTileRow<S, V>.Store<TCols>(c + (places[8] * row), c8, d8);
                    if (TRows.Value > 9) GemmTileRow<S, V>.Store<TCols>(c + (places[9] * row), c9, d9);
                    if (TRows.Value > 10) GemmTileRow<S, V>.Store<TCols>(c + (places[10] * row), c10, d10);
                    if (TRows.Value > 11) GemmTileRow<S, V>.Store<TCols>(c + (places[11] * row), c11, d11);
                    break;
                }

                float* to = last ? c : stack;
                nint toRow = last ? tile->CRow : 2 * S.Width;
                stack += TRows.Value * 2 * S.Width;
                GemmTileRow<S, V>.Store<TCols>(to, c0, d0);
                if (TRows.Value > 1) GemmTileRow<S, V>.Store<TCols>(to + toRow, c1, d1);
                if (TRows.Value > 2) GemmTileRow<S, V>.Store<TCols>(to + (2 * toRow), c2, d2);
                if (TRows.Value > 3) GemmTileRow<S, V>.Store<TCols>(to + (3 * toRow), c3, d3);
                if (TRows.Value > 4) GemmTileRow<S, V>.Store<TCols>(to + (4 * toRow), c4, d4);
                if (TRows.Value > 5) GemmTileRow<S, V>.Store<TCols>(to + (5 * toRow), c5, d5);
                if (TRows.Value > 6) GemmTileRow<S, V>.Store<TCols>(to + (6 * toRow), c6, d6);
                if (TRows.Value > 7) GemmTileRow<S, V>.Store<TCols>(to + (7 * toRow), c7, d7);
                if (TRows.Value > 8) GemmTileRow<S, V>.Store<TCols>(to + (8 * toRow), c8, d8);
                if (TRows.Value > 9) GemmTileRow<S, V>.Store<TCols>(to + (9 * toRow), c9, d9);
                if (TRows.Value > 10) GemmTileRow<S, V>.Store<TCols>(to + (10 * toRow), c10, d10);
                if (TRows.Value > 11) GemmTileRow<S, V>.Store<TCols>(to + (11 * toRow), c11, d11);
            }
        }
    }

    /// <summary>Raw features as the network sees them: a rounding after the difference and one after the product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Scaled(byte* b, V offset, V factor) => S.Multiply(S.Subtract(S.LoadBytes(b), offset), factor);

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
