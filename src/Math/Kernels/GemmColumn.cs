using System.Numerics;

namespace Distributed.Numerics.Kernels;

/// <summary>Runs the micro-kernels over one panel of B: a column of tiles of two heights, with the edge of C handled.</summary>
internal sealed unsafe class GemmColumn<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    private readonly GemmBuffer _stack = new();
    private readonly GemmBuffer _edge = new();

    /// <summary>NR.</summary>
    public static int ColumnsMax => 2 * S.Width;

    /// <summary>Floats in one summed index of a packed panel of <paramref name="columns"/> columns: whole registers.</summary>
    public static int PanelWidth(int columns) => columns > S.Width ? 2 * S.Width : S.Width;

    /// <summary>Rows of the tallest tile.</summary>
    public static int TileRowsMax(bool shortLeaves) => shortLeaves ? GemmTreeKernel<S, V>.RowsMax : GemmKernels<S, V>.RowsMax;

    /// <summary>Prepares a tile for the leaves of <paramref name="product"/>.</summary>
    public GemmTile Tile(in GemmOperands product)
    {
        int heights = 1 + BitOperations.Log2((uint)product.Leaves);
        return new GemmTile
        {
            First = product.First, Ends = product.Ends, Leaves = product.Leaves, Accumulate = product.Accumulate,
            Stack = _stack.Reserve((long)GemmKernels<S, V>.RowsMax * ColumnsMax * heights),
        };
    }

    /// <summary>
    /// Computes <paramref name="product"/>, at most NR columns wide, from <paramref name="tile"/>'s B. Where A is packed, its panels have
    /// the heights of the row split and lie one after the other.
    /// </summary>
    public void Run(in GemmOperands product, GemmTile tile, bool packedA, bool shortLeaves)
    {
        int width = PanelWidth(product.Columns);
        bool inPlace = product.Columns == width || product.WholeRegisters;
        tile.BTile = 0;
        tile.C = inPlace ? product.C : _edge.Reserve((long)product.Rows * width);
        tile.CRow = inPlace ? product.CRow : width;
        if (!inPlace && product.Accumulate)
        {
            CopyRows(product.C, product.CRow, tile.C, width, product.Rows, product.Columns);
        }

        Heights(product, tile, width / S.Width, packedA, shortLeaves);
        if (!inPlace)
        {
            CopyRows(tile.C, width, product.C, product.CRow, product.Rows, product.Columns);
        }
    }

    /// <summary>
    /// Computes <paramref name="product"/>, one tile high, from packed panels of A and B. The next panel of A, which lies behind this one,
    /// comes into the second cache on the way, and so does what the tile's Far names.
    /// </summary>
    /// <param name="product">Its A is packed.</param>
    /// <param name="tile">What the tiles share.</param>
    /// <param name="panels">Panels of B; only the last one, where it is narrower than NR, with <paramref name="packs"/>.</param>
    /// <param name="packs">B is read where it lies, and its other panels are written.</param>
    public void RunAlong(in GemmOperands product, GemmTile tile, float* panels, bool packs)
    {
        int whole = product.Columns / ColumnsMax;
        tile.A = product.A;
        tile.ARow = 1;
        tile.AStep = product.Rows;
        tile.ATile = 0;
        tile.Panels = panels;
        tile.PanelTile = (nint)product.K * ColumnsMax;
        tile.B = packs ? product.B : panels;
        tile.BStep = packs ? product.BStep : ColumnsMax;
        tile.BTile = packs ? ColumnsMax : tile.PanelTile;
        tile.C = product.C;
        tile.CRow = product.CRow;
        tile.CTile = ColumnsMax;
        tile.Tiles = whole;
        nint panel = (nint)product.Rows * product.K;
        tile.Next = product.A + panel;
        tile.NextTile = panel / System.Math.Max(1, whole);
        tile.NextStep = (tile.NextTile + product.K - 1) / System.Math.Max(1, product.K);
        if (tile.Far == null)
        {
            // A line that is asked for anyway: an address without memory would cost a walk through the page tables.
            tile.Far = tile.Next;
        }

        delegate*<GemmTile*, void> kernel = packs
            ? GemmKernels<S, V>.For<PackedRowsPackingColumns>(product.Rows, registers: 2)
            : GemmKernels<S, V>.For<PackedRowsFetchingNext>(product.Rows, registers: 2);
        kernel(&tile);

        int done = whole * ColumnsMax;
        if (done < product.Columns)
        {
            GemmOperands edge = product.Block(0, product.Rows, done, product.Columns - done) with { A = product.A };
            GemmTile last = tile;
            last.B = panels + (whole * tile.PanelTile);
            last.BStep = PanelWidth(edge.Columns);
            Run(edge, last, packedA: true, shortLeaves: false);
        }
    }

    private static void Heights(in GemmOperands product, GemmTile tile, int registers, bool packedA, bool shortLeaves)
    {
        var split = new GemmRowSplit(product.Rows, TileRowsMax(shortLeaves));
        tile.A = product.A;
        tile.Places = product.Places;
        tile.StepPlaces = product.StepPlaces;
        Tiles(product, ref tile, split.Height + 1, split.HigherTiles, registers, packedA, shortLeaves);
        Tiles(product, ref tile, split.Height, split.Tiles - split.HigherTiles, registers, packedA, shortLeaves);
    }

    private static void Tiles(
        in GemmOperands product, ref GemmTile tile, int height, int tiles, int registers, bool packedA, bool shortLeaves)
    {
        if (tiles == 0)
        {
            return;
        }

        tile.Tiles = tiles;
        tile.ARow = packedA ? 1 : product.ARow;
        tile.AStep = packedA ? height : product.AStep;
        tile.ATile = packedA ? (nint)height * product.K : height * product.ARow;
        tile.CTile = tile.Places == null ? height * tile.CRow : 0;
        fixed (GemmTile* pinned = &tile)
        {
            Kernel(tile, height, registers, shortLeaves)(pinned);
        }

        tile.A += tiles * tile.ATile;
        tile.C += tiles * tile.CTile;
        if (tile.Places != null)
        {
            tile.Places += tiles * height;
        }
    }

    private static delegate*<GemmTile*, void> Kernel(in GemmTile tile, int height, int registers, bool shortLeaves) =>
        shortLeaves ? GemmKernels<S, V>.ForShortLeaves(height, registers)
        : tile.StepPlaces != null ? GemmKernels<S, V>.For<StridedRowsPlacedSteps>(height, registers)
        : tile.Places != null ? GemmKernels<S, V>.For<PackedRowsPlacedRows>(height, registers)
        : tile.ARow == 1 ? GemmKernels<S, V>.For<PackedRows>(height, registers)
        : GemmKernels<S, V>.For<StridedRows>(height, registers);

    private static void CopyRows(float* from, nint fromRow, float* to, nint toRow, int rows, int columns)
    {
        for (int i = 0; i < rows; i++, from += fromRow, to += toRow)
        {
            for (int j = 0; j < columns; j += S.Width)
            {
                int count = System.Math.Min(S.Width, columns - j);
                S.StoreFirst(to + j, S.LoadFirst(from + j, count), count);
            }
        }
    }
}
