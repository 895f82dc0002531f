namespace Distributed.Numerics.Kernels;

/// <summary>Copies between a caller's matrix and the layouts the micro-kernel reads.</summary>
internal static unsafe class GemmPacking
{
    /// <summary>
    /// One panel of the vector operand: for each summed index, <paramref name="width"/> neighbours, of which <paramref name="columns"/> exist and the
    /// rest are +0 (their lanes are computed and thrown away).
    /// </summary>
    public static void Columns(float* b, nint bStep, nint bColumn, int k, int columns, int width, float* panel)
    {
        for (int step = 0; step < k; step++, b += bStep, panel += width)
        {
            for (int j = 0; j < columns; j++)
            {
                panel[j] = b[j * bColumn];
            }

            new Span<float>(panel + columns, width - columns).Clear();
        }
    }

    /// <summary>rows × columns from one pair of strides to another.</summary>
    public static void Copy(float* from, nint fromRow, nint fromColumn, float* to, nint toRow, nint toColumn, int rows, int columns)
    {
        for (int i = 0; i < rows; i++, from += fromRow, to += toRow)
        {
            for (int j = 0; j < columns; j++)
            {
                to[j * toColumn] = from[j * fromColumn];
            }
        }
    }
}
