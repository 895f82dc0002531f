namespace Distributed.Numerics.Kernels;

/// <summary>
/// What a micro-kernel works on: a run of tiles of the same size, one below the other over the same panel of B, or side by side over
/// the same panel of A.
/// Steps and rows are distances in floats.
/// </summary>
internal unsafe struct GemmTile
{
    /// <summary>
    /// The broadcast operand: row r of the first tile at summed index <see cref="First"/> + s is at A + r·ARow + s·AStep.
    /// </summary>
    public float* A;
    public nint ARow;
    public nint AStep;

    /// <summary>
    /// The vector operand: column j at summed index <see cref="First"/> + s is at B + j + s·BStep. Whole registers are read.
    /// </summary>
    public float* B;
    public nint BStep;

    /// <summary>
    /// Where B is made of bytes: its steps are distances in bytes, the second register's bytes lie BSecond further, and a byte x stands for
    /// (x - ByteOffset)·ByteFactor.
    /// </summary>
    public nint BSecond;
    public float ByteOffset;
    public float ByteFactor;

    /// <summary>
    /// With bytes, what is read much later: rows at these addresses, each asked for line by line over 2^AheadShift steps, up to its byte
    /// AheadLast. One address more than the steps fill.
    /// </summary>
    public nint* Ahead;
    public int AheadShift;
    public nint AheadLast;

    /// <summary>
    /// Row r, column j of the first tile is at C + j + r·CRow. Whole registers are written, and read first with <see
    /// cref="Accumulate"/>.
    /// </summary>
    public float* C;
    public nint CRow;

    /// <summary>
    /// Where each row of the run lies instead, counted in rows from C; null where they lie one after the other. Only the kernels for short
    /// leaves and for placed rows look at it.
    /// </summary>
    public int* Places;

    /// <summary>
    /// Where the vector operand of each summed index lies instead, counted in steps from B; null where they lie one after the other. Only the
    /// kernel for placed steps looks at it.
    /// </summary>
    public int* StepPlaces;

    /// <summary>Tiles in the run, and how far the next one lies in A, B and C.</summary>
    public int Tiles;
    public nint ATile;
    public nint BTile;
    public nint CTile;

    /// <summary>The summed index of the first leaf's first step.</summary>
    public int First;

    /// <summary>Where the summed index of each leaf ends, not decreasing; a flat product has one leaf.</summary>
    public int* Ends;
    public int Leaves;

    /// <summary>The chains start from C instead of +0; only with one leaf.</summary>
    public bool Accumulate;

    /// <summary>Room for one tile per height of the reduction tree over the leaves.</summary>
    public float* Stack;

    /// <summary>Where a kernel that packs the vector operand puts its panels: tile t at Panels + t·PanelTile.</summary>
    public float* Panels;
    public nint PanelTile;

    /// <summary>What is read next: tile t asks for the lines from Next + t·NextTile on, NextStep floats further at each step.</summary>
    public float* Next;
    public nint NextTile;
    public nint NextStep;

    /// <summary>What is read much later: tile t asks for the lines from Far + t·FarTile on, FarStep further every fourth step.</summary>
    public float* Far;
    public nint FarTile;
    public nint FarStep;
}
