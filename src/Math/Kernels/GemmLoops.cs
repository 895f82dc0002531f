using System.Numerics;

namespace Distributed.Numerics.Kernels;

/// <summary>The loops around the micro-kernel.</summary>
internal sealed unsafe class GemmLoops<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    private readonly GemmBuffer panels = new();
    private readonly GemmBuffer tiles = new();

    private static int RowsMax => GemmKernels<S, V>.RowsMax;

    private static int ColumnsMax => 2 * S.Width;

    /// <summary>Computes the whole product.</summary>
    public void Run(in GemmOperands product)
    {
        GemmOperands p = product;
        if (S.Width > 1 && p.Columns <= RowsMax && p.Rows > p.Columns)
        {
            p = p.Swap();
        }

        float* scratch = tiles.Reserve((long)RowsMax * ColumnsMax * (2 + BitOperations.Log2((uint)p.Leaves)));
        var tile = new GemmTile
        {
            ARow = p.ARow, AStep = p.AStep,
            Ends = p.Ends, Leaves = p.Leaves, Accumulate = p.Accumulate,
            Stack = scratch + (RowsMax * ColumnsMax),
        };
        for (int j = 0; j < p.Columns; j += ColumnsMax)
        {
            ColumnPanel(p, j, System.Math.Min(ColumnsMax, p.Columns - j), ref tile, scratch);
        }
    }

    private void ColumnPanel(in GemmOperands p, int j, int columns, ref GemmTile tile, float* scratch)
    {
        int registers = columns > S.Width ? 2 : 1;
        int width = registers * S.Width;
        bool direct = p.BColumn == 1 && columns == width;
        tile.B = direct ? p.B + j : panels.Reserve((long)p.K * width);
        tile.BStep = direct ? p.BStep : width;
        if (!direct)
        {
            GemmPacking.Columns(p.B + (j * p.BColumn), p.BStep, p.BColumn, p.K, columns, width, tile.B);
        }

        int count = (p.Rows + RowsMax - 1) / RowsMax;
        for (int n = 0, i = 0; n < count; n++)
        {
            int rows = ((n + 1) * p.Rows / count) - i;
            tile.A = p.A + (i * p.ARow);
            bool inPlace = p.CColumn == 1 && columns == width;
            float* c = p.C + (i * p.CRow) + (j * p.CColumn);
            tile.C = inPlace ? c : scratch;
            tile.CRow = inPlace ? p.CRow : width;
            if (!inPlace && p.Accumulate)
            {
                GemmPacking.Copy(c, p.CRow, p.CColumn, scratch, width, 1, rows, columns);
            }

            fixed (GemmTile* t = &tile)
            {
                GemmKernels<S, V>.For(rows, registers, p.ARow == 1)(t);
            }

            if (!inPlace)
            {
                GemmPacking.Copy(scratch, width, 1, c, p.CRow, p.CColumn, rows, columns);
            }

            if (p.Epilogue != GemmEpilogueKind.None)
            {
                Epilogue(p, i, j, rows, columns, c);
            }

            i += rows;
        }
    }

    private static void Epilogue(in GemmOperands p, int i, int j, int rows, int columns, float* c)
    {
        if (p.Swapped)
        {
            float* values = p.EpilogueValues + (j * p.EpilogueLd) + i;
            GemmEpilogueKernel<S, V>.Apply(p.Epilogue, columns, rows, c, p.CColumn, values, p.EpilogueLd);
        }
        else
        {
            float* values = p.EpilogueValues + (i * p.EpilogueLd) + j;
            GemmEpilogueKernel<S, V>.Apply(p.Epilogue, rows, columns, c, p.CRow, values, p.EpilogueLd);
        }
    }
}
