namespace Distributed.Numerics.Kernels;

/// <summary>
/// The loops for operands larger than the caches: those of BLIS with the roles of the two inner caches exchanged, so that KC can be long
/// and C is visited seldom.
/// <code>
///   for each KC steps
///     for each NC columns of B and C            pack B: panels of NR columns, in the second cache (*)
///       for each MR rows of A and C             pack A, the first time: one panel, used in the nearest cache
///         for each NR columns                   micro-kernel
/// </code>
/// (*) Where B's rows lie along the lanes the first row of tiles reads it as it lies and packs it on the way.
/// A tree takes all its steps at once, so its micro-kernel can join the leaves.
/// </summary>
internal sealed unsafe class GemmBlocked<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    private readonly GemmBuffer _panelsA = new();
    private readonly GemmBuffer _panelsB = new();
    private readonly GemmColumn<S, V> _column = new();

    private static int PanelColumns => GemmColumn<S, V>.ColumnsMax;

    /// <summary>Computes the product.</summary>
    public void Run(in GemmOperands product)
    {
        if (product.Leaves > 1)
        {
            Steps(product);
        }
        else
        {
            Chains(product, GemmBlocking.Even(product.K, GemmBlocking.StepsMax));
        }
    }

    /// <summary>A flat product: KC steps at a time, each continuing the chains where the last left them.</summary>
    private void Chains(GemmOperands product, int stepsMax)
    {
        int last = product.Ends[0];
        int end = last;
        GemmOperands part = product with { Ends = &end };
        do
        {
            end = System.Math.Min(last, part.First + stepsMax);
            part.Epilogue = end == last ? product.Epilogue : GemmEpilogueKind.None;
            Steps(part);
            int steps = end - part.First;
            part.A += steps * part.AStep;
            part.B += steps * part.BStep;
            part.First = end;
            part.Accumulate = true;
        }
        while (end < last);
    }

    private void Steps(in GemmOperands product)
    {
        int steps = product.K;
        float* panelsA = _panelsA.Reserve(((long)product.Rows * steps) + S.Width);
        int columnsMax = System.Math.Max(1, GemmBlocking.BlockFloats / System.Math.Max(1, steps) / PanelColumns) * PanelColumns;
        float* panelsB = _panelsB.Reserve((long)steps * columnsMax);
        for (int j = 0; j < product.Columns; j += columnsMax)
        {
            GemmOperands block = ColumnsFrom(product, j, columnsMax);
            PackB(block, panelsB);
            RowTiles(block, ColumnsFrom(product, j + columnsMax, columnsMax), panelsA, packA: j == 0, panelsB);
        }
    }

    private static GemmOperands ColumnsFrom(in GemmOperands product, int j, int columnsMax) =>
        product.Block(0, product.Rows, j, System.Math.Clamp(product.Columns - j, 0, columnsMax));

    private void RowTiles(in GemmOperands block, in GemmOperands following, float* panelA, bool packA, float* panelsB)
    {
        GemmTile tile = _column.Tile(block);
        var split = new GemmRowSplit(block.Rows, GemmColumn<S, V>.TileRowsMax(shortLeaves: false));
        var next = new GemmNextBlock<S, V>(following, split.Tiles, System.Math.Max(1, block.Columns / PanelColumns));
        for (int t = 0, i = 0; t < split.Tiles; t++)
        {
            int height = split.HeightOf(t);
            GemmOperands rows = block.Block(i, height, 0, block.Columns);
            if (packA)
            {
                PackA(rows, split, t, panelA);
            }

            next.Ask(ref tile, t);
            _column.RunAlong(rows with { A = panelA }, tile, panelsB, packs: t == 0 && block.BColumn == 1);
            GemmEpilogueKernel<S, V>.Apply(rows);
            panelA += (nint)height * rows.K;
            i += height;
        }
    }

    /// <summary>Where a panel's rows are parts of long ones, several panels at once, so that whole lines are read, many in a row.</summary>
    private static void PackA(in GemmOperands rows, GemmRowSplit split, int tile, float* panel)
    {
        if (rows.ARow != 1)
        {
            Check.That(rows.AStep == 1);
            GemmPacking<S, V>.Rows(rows.A, rows.ARow, rows.Rows, rows.K, panel);
        }
        else if (tile % GemmBlocking.PanelsAtOnce == 0)
        {
            int tiles = System.Math.Min(GemmBlocking.PanelsAtOnce, split.Tiles - tile);
            GemmPacking<S, V>.RowPanels(rows.A, rows.AStep, split, tile, tiles, rows.K, panel);
        }
    }

    /// <summary>The panels that the first row of tiles does not pack as it reads them: those that must be turned, and a narrow last one.</summary>
    private static void PackB(in GemmOperands block, float* panel)
    {
        int whole = block.BColumn == 1 ? block.Columns / PanelColumns : 0;
        panel += (nint)whole * block.K * PanelColumns;
        for (int j = whole * PanelColumns; j < block.Columns; j += PanelColumns)
        {
            int columns = System.Math.Min(PanelColumns, block.Columns - j);
            int width = GemmColumn<S, V>.PanelWidth(columns);
            GemmPacking<S, V>.Columns(block.B + (j * block.BColumn), block.BStep, block.BColumn, block.K, columns, width, panel);
            panel += (nint)block.K * width;
        }
    }
}
