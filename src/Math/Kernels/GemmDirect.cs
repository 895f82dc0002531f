namespace Distributed.Numerics.Kernels;

/// <summary>
/// The loops for operands that fit the second cache: A is read where it lies, and so is B, unless its rows do not lie along the lanes.
/// </summary>
internal sealed unsafe class GemmDirect<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    private readonly GemmBuffer _panel = new();
    private readonly GemmColumn<S, V> _column = new();

    private static int ColumnsMax => GemmColumn<S, V>.ColumnsMax;

    /// <summary>Computes the product.</summary>
    public void Run(in GemmOperands product)
    {
        bool shortLeaves = GemmBlocking.HasShortLeaves(product);
        if (product.Leaves > 1)
        {
            Steps(product, shortLeaves);
            return;
        }

        int stepsMax = StepsMax(product);
        int end = product.Ends[0];
        GemmOperands part = product with { Ends = &end, Epilogue = GemmEpilogueKind.None };
        do
        {
            int last = product.Ends[0];
            end = System.Math.Min(last, part.First + stepsMax);
            if (end == last)
            {
                part.Epilogue = product.Epilogue;
            }

            Steps(part, shortLeaves: false);
            int steps = end - part.First;
            part.A += steps * part.AStep;
            part.B += steps * part.BStep;
            part.First = end;
            part.Accumulate = true;
        }
        while (part.First < product.Ends[0]);
    }

    /// <summary>
    /// How many steps to take before returning to the first column: a packed panel must stay in the nearest cache, and the rows of an
    /// unpacked B in the second.
    /// </summary>
    private static int StepsMax(in GemmOperands product)
    {
        if (product.BColumn != 1)
        {
            return GemmBlocking.EvenSquares(product.K, GemmBlocking.PanelStepsMax);
        }

        return TakesAllSteps(product) ? int.MaxValue / 2 : GemmBlocking.Even(product.K, System.Math.Max(64, 64 * 1024 / product.Columns));
    }

    /// <summary>True when the rows of an unpacked B fit the second cache together.</summary>
    public static bool TakesAllSteps(in GemmOperands product) => (long)product.K * product.Columns <= 160 * 1024;

    private void Steps(in GemmOperands product, bool shortLeaves)
    {
        GemmTile tile = _column.Tile(product);
        for (int j = 0; j < product.Columns; j += ColumnsMax)
        {
            GemmOperands block = product.Block(0, product.Rows, j, System.Math.Min(ColumnsMax, product.Columns - j));
            Panel(block, ref tile, shortLeaves);
            _column.Run(block, tile, packedA: false, shortLeaves);
            GemmEpilogueKernel<S, V>.Apply(block);
        }
    }

    /// <summary>Points the tile at the block's panel of B, packed where it must be.</summary>
    private void Panel(in GemmOperands block, ref GemmTile tile, bool shortLeaves)
    {
        int width = GemmColumn<S, V>.PanelWidth(block.Columns);
        bool split = ((nint)block.B | (block.BStep * sizeof(float))) % (S.Width * sizeof(float)) != 0;
        if (block.BColumn == 1 && block.Columns == width && !(split && shortLeaves))
        {
            tile.B = block.B;
            tile.BStep = block.BStep;
            return;
        }

        tile.B = _panel.Reserve((long)block.K * width);
        tile.BStep = width;
        GemmPacking<S, V>.Columns(block.B, block.BStep, block.BColumn, block.K, block.Columns, width, tile.B);
    }
}
