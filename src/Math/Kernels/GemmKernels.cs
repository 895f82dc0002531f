namespace Distributed.Numerics.Kernels;

/// <summary>The micro-kernels of one instruction set by shape. Each is compiled when it is first called.</summary>
internal static unsafe class GemmKernels<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    /// <summary>MR: with two registers of B and one broadcast, the accumulators that fit into the registers.</summary>
    public static int RowsMax => S.Registers == 32 ? 12 : 6;

    /// <summary>Columns of C up to which they may become the rows of a tile: one tile high, at most a register's worth.</summary>
    public static int TransposedColumnsMax => System.Math.Min(16, RowsMax * 2);

    /// <summary>The kernel for a tile of <paramref name="rows"/> (1 … 12) by <paramref name="registers"/> (1 or 2).</summary>
    public static delegate*<GemmTile*, void> For<TLayout>(int rows, int registers)
        where TLayout : struct, IGemmLayout =>
        (delegate*<GemmTile*, void>)Layout<TLayout>.Table[((registers - 1) * 12) + rows - 1];

    /// <summary>A table for each layout, so that programs without such products do not prepare its kernels.</summary>
    private static class Layout<TLayout>
        where TLayout : struct, IGemmLayout
    {
        public static readonly nint[] Table = [.. Shapes<N1>(), .. Shapes<N2>()];

        private static nint[] Shapes<TCols>()
            where TCols : struct, IGemmConstant =>
        [
            Address(&GemmMicroKernel<S, V>.Run<N1, TCols, TLayout>),
            Address(&GemmMicroKernel<S, V>.Run<N2, TCols, TLayout>),
            Address(&GemmMicroKernel<S, V>.Run<N3, TCols, TLayout>),
            Address(&GemmMicroKernel<S, V>.Run<N4, TCols, TLayout>),
            Address(&GemmMicroKernel<S, V>.Run<N5, TCols, TLayout>),
            Address(&GemmMicroKernel<S, V>.Run<N6, TCols, TLayout>),
            Address(&GemmMicroKernel<S, V>.Run<N7, TCols, TLayout>),
            Address(&GemmMicroKernel<S, V>.Run<N8, TCols, TLayout>),
            Address(&GemmMicroKernel<S, V>.Run<N9, TCols, TLayout>),
            Address(&GemmMicroKernel<S, V>.Run<N10, TCols, TLayout>),
            Address(&GemmMicroKernel<S, V>.Run<N11, TCols, TLayout>),
            Address(&GemmMicroKernel<S, V>.Run<N12, TCols, TLayout>),
        ];
    }

    private static readonly nint[] TreeTable =
    [
        Address(&GemmTreeKernel<S, V>.Run<N1, N1>), Address(&GemmTreeKernel<S, V>.Run<N2, N1>),
        Address(&GemmTreeKernel<S, V>.Run<N3, N1>), Address(&GemmTreeKernel<S, V>.Run<N4, N1>),
        Address(&GemmTreeKernel<S, V>.Run<N1, N2>), Address(&GemmTreeKernel<S, V>.Run<N2, N2>),
        Address(&GemmTreeKernel<S, V>.Run<N3, N2>), Address(&GemmTreeKernel<S, V>.Run<N4, N2>),
    ];

    /// <summary>
    /// The kernel for a tree of short leaves and a tile of <paramref name="rows"/> (1 … 4) by <paramref name="registers"/>.
    /// </summary>
    public static delegate*<GemmTile*, void> ForShortLeaves(int rows, int registers) =>
        (delegate*<GemmTile*, void>)TreeTable[((registers - 1) * 4) + rows - 1];

    private static nint Address(delegate*<GemmTile*, void> kernel) => (nint)kernel;
}
