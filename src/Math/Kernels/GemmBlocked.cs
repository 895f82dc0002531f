namespace Distributed.Numerics.Kernels;

/// <summary>
/// The five loops of BLIS around the micro-kernel, for operands larger than the caches:
/// <code>
///   for each NC columns of B and C                B in the last cache
///     for each KC steps                           pack B: panels of NR columns
///       for each MC rows of A and C               pack A: panels of MR rows, in the second cache
///         for each NR columns                     one panel of B in the nearest cache
///           for each MR rows                      micro-kernel
/// </code>
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
        bool tree = product.Leaves > 1;
        int stepsMax = tree ? System.Math.Max(1, product.K) : GemmBlocking.Even(product.K, GemmBlocking.StepsMax);
        int columnsMax = Multiple(GemmBlocking.ColumnsMax * GemmBlocking.StepsMax / System.Math.Max(stepsMax, GemmBlocking.StepsMax), PanelColumns);
        for (int j = 0; j < product.Columns; j += columnsMax)
        {
            GemmOperands columns = product.Block(0, product.Rows, j, System.Math.Min(columnsMax, product.Columns - j));
            if (tree)
            {
                Steps(columns);
            }
            else
            {
                Chains(columns, stepsMax);
            }
        }
    }

    private static int Multiple(int length, int of) => System.Math.Max(of, length / of * of);

    /// <summary>A flat product: KC steps at a time, each continuing the chains where the last left them.</summary>
    private void Chains(GemmOperands product, int stepsMax)
    {
        int last = product.Ends[0];
        int end = last;
        GemmOperands part = product with { Ends = &end, Epilogue = GemmEpilogueKind.None };
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
        float* panelsB = PackB(product, steps);
        int rowsMax = GemmBlocking.Even(product.Rows, GemmBlocking.RowsMax);
        float* panelsA = _panelsA.Reserve(((long)rowsMax * steps) + S.Width);
        GemmTile tile = _column.Tile(product);
        for (int i = 0; i < product.Rows; i += rowsMax)
        {
            GemmOperands rows = product.Block(i, System.Math.Min(rowsMax, product.Rows - i), 0, product.Columns);
            PackA(rows, steps, panelsA);
            tile.B = panelsB;
            for (int j = 0; j < product.Columns; j += PanelColumns)
            {
                GemmOperands block = rows.Block(0, rows.Rows, j, System.Math.Min(PanelColumns, rows.Columns - j)) with { A = panelsA };
                int width = GemmColumn<S, V>.PanelWidth(block.Columns);
                tile.BStep = width;
                _column.Run(block, tile, packedA: true, shortLeaves: false);
                GemmEpilogueKernel<S, V>.Apply(block);
                tile.B += (nint)steps * width;
            }
        }
    }

    private float* PackB(in GemmOperands product, int steps)
    {
        float* panels = _panelsB.Reserve((long)steps * (product.Columns + PanelColumns));
        float* panel = panels;
        for (int j = 0; j < product.Columns; j += PanelColumns)
        {
            int columns = System.Math.Min(PanelColumns, product.Columns - j);
            int width = GemmColumn<S, V>.PanelWidth(columns);
            GemmPacking<S, V>.Columns(product.B + (j * product.BColumn), product.BStep, product.BColumn, steps, columns, width, panel);
            panel += (nint)steps * width;
        }

        return panels;
    }

    private static void PackA(in GemmOperands product, int steps, float* panels)
    {
        var split = new GemmRowSplit(product.Rows, GemmColumn<S, V>.TileRowsMax(shortLeaves: false));
        float* a = product.A;
        for (int t = 0; t < split.Tiles; t++)
        {
            int rows = split.Height + (t < split.HigherTiles ? 1 : 0);
            GemmPacking<S, V>.Rows(a, product.ARow, product.AStep, rows, steps, panels);
            a += rows * product.ARow;
            panels += (nint)rows * steps;
        }
    }
}
