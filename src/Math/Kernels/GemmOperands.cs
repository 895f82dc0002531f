namespace Distributed.Numerics.Kernels;

/// <summary>
/// A product as the loops see it, whatever was transposed: C(i,j) = Σₖ A(i,k)·B(k,j) with free strides, in floats. Lanes run along j.
/// Swapping A with B and i with j gives the same outputs, bit for bit, with the lanes along i.
/// </summary>
internal unsafe struct GemmOperands
{
    public int Rows;
    public int Columns;

    /// <summary>A(i,First+s) is at A + i·ARow + s·AStep; ARow or AStep is 1.</summary>
    public float* A;
    public nint ARow;
    public nint AStep;

    /// <summary>B(First+s,j) is at B + s·BStep + j·BColumn; BStep or BColumn is 1.</summary>
    public float* B;
    public nint BStep;
    public nint BColumn;

    /// <summary>C(i,j) is at C + i·CRow + j·CColumn.</summary>
    public float* C;
    public nint CRow;
    public nint CColumn;

    /// <summary>Row i of C is at C + Places[i]·CRow; null where rows lie one after the other.</summary>
    public int* Places;

    /// <summary>B(First+s,j) is at B + StepPlaces[s]·BStep + j·BColumn; null where steps lie one after the other. Only for few steps.</summary>
    public int* StepPlaces;

    /// <summary>The summed index of the first step.</summary>
    public int First;

    /// <summary>Where each leaf's part of the summed index ends.</summary>
    public int* Ends;
    public int Leaves;

    /// <summary>The chains start from C instead of +0.</summary>
    public bool Accumulate;

    /// <summary>C's rows have room for whole registers, so that columns beyond the last may be written.</summary>
    public bool WholeRegisters;

    public GemmEpilogueKind Epilogue;

    /// <summary>The epilogue's value for element (i,j) is at EpilogueValues + i·EpilogueLd + j, for the unswapped product.</summary>
    public float* EpilogueValues;
    public nint EpilogueLd;

    /// <summary>Steps of the summed index.</summary>
    public readonly int K => Ends[Leaves - 1] - First;

    /// <summary>The same product with the roles of A and B exchanged. It may not have an epilogue.</summary>
    public readonly GemmOperands Swap() => this with
    {
        Rows = Columns,
        Columns = Rows,
        A = B,
        ARow = BColumn,
        AStep = BStep,
        B = A,
        BStep = AStep,
        BColumn = ARow,
        CRow = CColumn,
        CColumn = CRow,
    };

    /// <summary>Rows [i, i+rows) and columns [j, j+columns) of the product.</summary>
    public readonly GemmOperands Block(int i, int rows, int j, int columns) => this with
    {
        Rows = rows,
        Columns = columns,
        A = A + (i * ARow),
        B = B + (j * BColumn),
        C = C + (i * CRow) + (j * CColumn),
        EpilogueValues = EpilogueValues + (i * EpilogueLd) + j,
    };
}
