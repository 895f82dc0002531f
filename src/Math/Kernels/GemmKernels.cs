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

    private static readonly nint[] Table = 
    [
        .. Shapes<N1, StridedRows>(), .. Shapes<N2, StridedRows>(),
        .. Shapes<N1, PackedRows>(), .. Shapes<N2, PackedRows>(),
        .. Shapes<N1, PackedRowsFetchingNext>(), .. Shapes<N2, PackedRowsFetchingNext>(),
        .. Shapes<N2, PackedRowsPackingColumns>(),
        .. Shapes<N1, StridedRowsPlacedSteps>(), .. Shapes<N2, StridedRowsPlacedSteps>(),
        .. Shapes<N1, PackedRowsPlacedRows>(), .. Shapes<N2, PackedRowsPlacedRows>(),
    ];

    /// <summary>The kernel for a tile of <paramref name="rows"/> (1 … 12) by <paramref name="registers"/> (1 or 2).</summary>
    public static delegate*<GemmTile*, void> For(int rows, int registers, bool packed) =>
        (delegate*<GemmTile*, void>)Table[(((packed ? 2 : 0) + registers - 1) * 12) + rows - 1];

    /// <summary>As <see cref="For"/> with A packed; it asks for the tile's Next on the way.</summary>
    public static delegate*<GemmTile*, void> ForFetching(int rows, int registers) =>
        (delegate*<GemmTile*, void>)Table[((4 + registers - 1) * 12) + rows - 1];

    /// <summary>As <see cref="ForFetching"/>, two registers wide; it reads B where it lies and leaves packed panels behind.</summary>
    public static delegate*<GemmTile*, void> ForPacking(int rows) => (delegate*<GemmTile*, void>)Table[(6 * 12) + rows - 1];

    /// <summary>As <see cref="For"/> with A's rows anywhere and B's where the tile's StepPlaces say.</summary>
    public static delegate*<GemmTile*, void> ForPlacedSteps(int rows, int registers) =>
        (delegate*<GemmTile*, void>)Table[((6 + registers) * 12) + rows - 1];

    /// <summary>As <see cref="For"/> with A packed and C's rows where the tile's Places say.</summary>
    public static delegate*<GemmTile*, void> ForPlacedRows(int rows, int registers) =>
        (delegate*<GemmTile*, void>)Table[((8 + registers) * 12) + rows - 1];

    private static nint[] Shapes<TCols, TLayout>()
        where TCols : struct, IGemmConstant
        where TLayout : struct, IGemmLayout =>
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

    /// <summary>A class of its own, so that programs without such products do not prepare the kernels.</summary>
    private static class OfBytes
    {
        public static readonly nint[] Table = [.. Shapes<N1, PackedRowsByBytes>(), .. Shapes<N2, PackedRowsByBytes>()];
    }

    /// <summary>As <see cref="For"/> with A packed and B made of bytes.</summary>
    public static delegate*<GemmTile*, void> ForBytes(int rows, int registers) =>
        (delegate*<GemmTile*, void>)OfBytes.Table[((registers - 1) * 12) + rows - 1];

    private static nint Address(delegate*<GemmTile*, void> kernel) => (nint)kernel;
}
