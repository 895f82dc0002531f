namespace Distributed.Numerics.Kernels;

/// <summary>
/// A product as the kernels see it, whatever was transposed: C(i,j) = Σₖ A(i,k)·B(k,j) with free strides, in floats.
/// Lanes run along j. Swapping A with B and i with j gives the same outputs, bit for bit, with the lanes along i.
/// </summary>
internal unsafe struct GemmOperands
{
    public int Rows;
    public int Columns;

    /// <summary>A(i,k) is at A + i·ARow + k·AStep.</summary>
    public float* A;
    public nint ARow;
    public nint AStep;

    /// <summary>B(k,j) is at B + k·BStep + j·BColumn.</summary>
    public float* B;
    public nint BStep;
    public nint BColumn;

    /// <summary>C(i,j) is at C + i·CRow + j·CColumn.</summary>
    public float* C;
    public nint CRow;
    public nint CColumn;

    /// <summary>Where each leaf's part of the summed index ends; the last is K.</summary>
    public int* Ends;
    public int Leaves;
    public bool Accumulate;

    public GemmEpilogueKind Epilogue;

    /// <summary>The epilogue's value for row m and column n of the caller's C is at EpilogueValues + m·EpilogueLd + n.</summary>
    public float* EpilogueValues;
    public nint EpilogueLd;

    public readonly int K => Ends[Leaves - 1];

    /// <summary>True when rows here are the caller's columns.</summary>
    public bool Swapped;

    /// <summary>The same product with the roles of A and B exchanged.</summary>
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
        Swapped = !Swapped,
    };
}
