namespace Distributed.Numerics.Kernels;

/// <summary>
/// Chooses the loops for a product: which operand the lanes run along, and whether its operands fit the caches as they lie.
/// Every choice gives the same bits.
/// </summary>
internal sealed unsafe class GemmLoops<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    private readonly GemmBuffer _transposed = new();
    private readonly GemmDirect<S, V> _direct = new();
    private readonly GemmBlocked<S, V> _blocked = new();
    private readonly GemmTallTree<S, V> _tallTree;

    public GemmLoops()
    {
        _tallTree = new GemmTallTree<S, V>(RowMajor);
    }

    /// <summary>Computes the whole product.</summary>
    public void Run(in GemmOperands product)
    {
        if (LanesAlongRows(product))
        {
            Transposed(product);
        }
        else
        {
            RowMajor(product);
        }
    }

    /// <summary>True when the kernels can put each row of C where <see cref="GemmOperands.Places"/> says.</summary>
    public static bool CanPlaceRows(in GemmOperands product) =>
        !LanesAlongRows(product)
        && !GemmBlocking.IsLarge(product)
        && (product.Leaves > 1 ? product.K <= GemmBlocking.TreeStepsMax : GemmDirect<S, V>.TakesAllSteps(product))
        && product.Columns % S.Width == 0;

    /// <summary>True when the kernels can take the rows of B where <see cref="GemmOperands.StepPlaces"/> says.</summary>
    public static bool CanPlaceSteps(in GemmOperands product) =>
        !LanesAlongRows(product) && !GemmBlocking.IsLarge(product) && GemmDirect<S, V>.TakesAllSteps(product) && product.Columns % S.Width == 0;

    /// <summary>A few columns leave lanes of a register empty that the rows would fill.</summary>
    private static bool LanesAlongRows(in GemmOperands product) =>
        S.Width > 1
        && product.Columns <= GemmKernels<S, V>.TransposedColumnsMax
        && product.Columns % S.Width != 0
        && product.Rows > product.Columns;

    /// <summary>Computes Cᵀ, with the lanes along C's rows, in blocks that fit the nearest cache, and transposes each into place.</summary>
    private void Transposed(in GemmOperands product)
    {
        GemmOperands whole = product.Swap() with { Epilogue = GemmEpilogueKind.None };
        int blockMax = whole.BColumn == 1 ? 1024 : 2 * S.Width;
        int ld = System.Math.Min(blockMax, (whole.Columns + S.Width - 1) / S.Width * S.Width);
        float* transposed = _transposed.Reserve((long)whole.Rows * ld);
        for (int j = 0; j < whole.Columns; j += blockMax)
        {
            int columns = System.Math.Min(blockMax, whole.Columns - j);
            GemmOperands block = whole.Block(0, whole.Rows, j, columns) with
            {
                C = transposed, CRow = ld, CColumn = 1, WholeRegisters = true,
            };
            float* c = product.C + (j * product.CRow);
            if (product.Accumulate)
            {
                GemmPacking<S, V>.Copy(c, product.CColumn, product.CRow, transposed, ld, 1, whole.Rows, columns);
            }

            RowMajor(block);
            GemmPacking<S, V>.TransposeOut(transposed, ld, whole.Rows, columns, c, product.CRow);
            GemmEpilogueKernel<S, V>.Apply(product.Block(j, columns, 0, product.Columns));
        }
    }

    /// <summary>A product whose C is row-major.</summary>
    private void RowMajor(GemmOperands product)
    {
        if (product.Leaves > 1 && product.K > GemmBlocking.TreeStepsMax)
        {
            _tallTree.Run(product);
        }
        else if (GemmBlocking.IsLarge(product))
        {
            _blocked.Run(product);
        }
        else
        {
            _direct.Run(product);
        }
    }
}
