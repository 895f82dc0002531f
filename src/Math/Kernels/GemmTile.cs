using System.Runtime.InteropServices;

namespace Distributed.Numerics.Kernels;

/// <summary>What a micro-kernel works on. Steps and rows are distances in floats.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GemmTile
{
    /// <summary>The broadcast operand: row r at summed index k is at A + r·ARow + k·AStep.</summary>
    public float* A;
    public nint ARow;
    public nint AStep;

    /// <summary>The vector operand: column j at summed index k is at B + j + k·BStep. Whole registers are read.</summary>
    public float* B;
    public nint BStep;

    /// <summary>The tile: row r, column j at C + j + r·CRow. Whole registers are written, and read first with <see cref="Accumulate"/>.</summary>
    public float* C;
    public nint CRow;

    /// <summary>Where the summed index of each leaf ends, increasing; a flat product has one leaf.</summary>
    public int* Ends;
    public int Leaves;

    /// <summary>The chains start from C instead of +0; only with one leaf.</summary>
    public bool Accumulate;

    /// <summary>Room for one tile per height of the reduction tree over the leaves.</summary>
    public float* Stack;
}

/// <summary>A number known when a kernel is compiled.</summary>
internal interface IGemmConstant
{
    static abstract int Value { get; }
}

/// <summary>How the rows of the broadcast operand lie.</summary>
internal interface IGemmLayout
{
    /// <summary>True: the rows of one summed index are neighbours (ARow is 1). False: any ARow.</summary>
    static abstract bool Packed { get; }
}

internal readonly struct PackedRows : IGemmLayout
{
    public static bool Packed => true;
}

internal readonly struct StridedRows : IGemmLayout
{
    public static bool Packed => false;
}
