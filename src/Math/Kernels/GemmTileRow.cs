using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>
/// What is done to one row of a tile: one or two registers, c the left and d the right one. Inlined, so both stay in registers.
/// </summary>
internal static unsafe class GemmTileRow<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    /// <summary>One step of the chains: c += x·b0, d += x·b1, each one fused multiply-add per lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Step<TCols>(float a, V b0, V b1, ref V c, ref V d)
        where TCols : struct, IGemmConstant
    {
        V x = S.Broadcast(a);
        c = S.FusedMultiplyAdd(x, b0, c);
        if (TCols.Value > 1)
        {
            d = S.FusedMultiplyAdd(x, b1, d);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load<TCols>(float* from, ref V c, ref V d)
        where TCols : struct, IGemmConstant
    {
        c = S.Load(from);
        if (TCols.Value > 1)
        {
            d = S.Load(from + S.Width);
        }
    }

    /// <summary>A node of the tree: what lies at <paramref name="left"/> + this row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Join<TCols>(float* left, ref V c, ref V d)
        where TCols : struct, IGemmConstant
    {
        c = S.Add(S.Load(left), c);
        if (TCols.Value > 1)
        {
            d = S.Add(S.Load(left + S.Width), d);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TCols>(float* to, V c, V d)
        where TCols : struct, IGemmConstant
    {
        S.Store(to, c);
        if (TCols.Value > 1)
        {
            S.Store(to + S.Width, d);
        }
    }
}
