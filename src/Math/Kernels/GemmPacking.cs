using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>Copies between a caller's matrix and the layouts that the micro-kernels read and write.</summary>
internal static unsafe class GemmPacking<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    /// <summary>How many steps ahead a copy asks for its lines: they lie too far apart for the processor to guess.</summary>
    private const int PrefetchSteps = 12;

    /// <summary>The same where a row is 8 to 12 lines long: 32 to 48 lines ahead, all that the nearest cache can await.</summary>
    private const int PrefetchRows = 4;

    /// <summary>Floats ahead in each of the rows that a transposing copy reads side by side: four lines.</summary>
    private const int TransposedAhead = 64;

    private const int LineFloats = 16;

    /// <summary>
    /// One panel of the vector operand. For each summed index <paramref name="width"/> neighbours, a multiple of the register, of which
    /// <paramref name="columns"/> exist; the lanes of the others are computed and thrown away.
    /// <code>
    ///   step 0: b(0,0) b(0,1) … b(0,columns-1) +0 … +0
    ///   step 1: b(1,0) …
    /// </code>
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Columns(float* b, nint bStep, nint bColumn, int steps, int columns, int width, float* panel)
    {
        if (bColumn == 1)
        {
            CopyRows(b, bStep, steps, columns, width, panel);
            return;
        }

        Check.That(bStep == 1);
        for (int step = 0; step < steps; step += S.Width)
        {
            int count = System.Math.Min(S.Width, steps - step);
            for (int j = 0; j < width; j += S.Width)
            {
                int existing = System.Math.Clamp(columns - j, 0, S.Width);
                for (int c = 0; c < existing; c++)
                {
                    S.Prefetch(b + ((j + c) * bColumn) + step + TransposedAhead);
                }

                S.Transpose(b + (j * bColumn) + step, bColumn, existing, count, panel + (step * width) + j, width);
            }
        }
    }

    /// <summary>
    /// One register's worth of the rows of raw bytes, transposed: for each summed index <see cref="ISimd{V}.Width"/> neighbours. Fours of bytes
    /// are transposed as if they were floats and then taken apart.
    /// </summary>
    /// <param name="x">The first row.</param>
    /// <param name="ld">Bytes between two rows, a multiple of <see cref="ByteMatrix.LdUnit"/>.</param>
    /// <param name="rows">At most a register's; bytes of 0 stand for the others.</param>
    /// <param name="steps">Bytes of a row, rounded up to <see cref="ByteMatrix.LdUnit"/>.</param>
    /// <param name="panel">Steps × Width bytes, aligned to a register.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ByteColumns(byte* x, nint ld, int rows, int steps, byte* panel)
    {
        int bytes = sizeof(float) * S.Width;
        for (int step = 0; step < steps; step += bytes)
        {
            float* square = (float*)(panel + (step * S.Width));
            S.Transpose((float*)(x + step), ld / sizeof(float), rows, S.Width, square, S.Width);
            for (int fours = 0; fours < S.Width; fours++, square += S.Width)
            {
                S.Store(square, S.BytesByPlace(S.Load(square)));
            }
        }
    }

    /// <summary>
    /// One panel of the broadcast operand where its steps are neighbours: for each summed index its <paramref name="rows"/> rows.
    /// Writes up to a register beyond the panel's end, so panels are packed in ascending order and the last has that much room behind it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(float* a, nint aRow, int rows, int steps, float* panel)
    {
        int lastGroup = (rows - 1) / S.Width * S.Width;
        for (int step = 0; step < steps; step += S.Width)
        {
            // Descending, because a transposed group spills into the rows' neighbours, which the group before it then overwrites.
            int count = System.Math.Min(S.Width, steps - step);
            for (int r = lastGroup; r >= 0; r -= S.Width)
            {
                int existing = System.Math.Min(S.Width, rows - r);
                S.Transpose(a + (r * aRow) + step, aRow, existing, count, panel + (step * rows) + r, rows);
            }
        }
    }

    /// <summary>
    /// The panels of tiles [tile, tile + tiles) of the broadcast operand, whose rows are neighbours, one behind the other as
    /// <see cref="Rows"/> would write them. Each step's lines are read once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RowPanels(float* a, nint aStep, GemmRowSplit split, int tile, int tiles, int steps, float* panel)
    {
        int higher = System.Math.Clamp(split.HigherTiles - tile, 0, tiles);
        int floats = (tiles * split.Height) + higher;
        nint ahead = PrefetchRows * aStep;
        for (int step = 0; step < steps; step++, a += aStep)
        {
            for (int r = 0; r < floats; r += LineFloats)
            {
                S.Prefetch(a + ahead + r);
            }

            float* from = a;
            float* to = panel;
            for (int t = 0; t < tiles; t++)
            {
                int height = split.Height + (t < higher ? 1 : 0);
                for (int r = 0; r < height; r += S.Width)
                {
                    int count = System.Math.Min(S.Width, height - r);
                    S.StoreFirst(to + (step * height) + r, S.LoadFirst(from + r, count), count);
                }

                from += height;
                to += (nint)steps * height;
            }
        }
    }

    /// <summary>Transposes rows × columns of <paramref name="from"/> into <paramref name="to"/>, writing nothing else.</summary>
    /// <param name="from">Its rows are whole registers long.</param>
    /// <param name="fromRow">Floats between rows of the source.</param>
    /// <param name="rows">At most 16.</param>
    /// <param name="columns">Rows to write.</param>
    /// <param name="to">The destination.</param>
    /// <param name="toRow">Floats between rows of the destination.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransposeOut(float* from, nint fromRow, int rows, int columns, float* to, nint toRow)
    {
        float* square = stackalloc float[16 * 16];
        for (int r = 0; r < rows; r += S.Width)
        {
            int count = System.Math.Min(S.Width, rows - r);
            for (int j = 0; j < columns; j += S.Width)
            {
                S.Transpose(from + (r * fromRow) + j, fromRow, count, S.Width, square, S.Width);
                int existing = System.Math.Min(S.Width, columns - j);
                for (int c = 0; c < existing; c++)
                {
                    S.StoreFirst(to + ((j + c) * toRow) + r, S.Load(square + (c * S.Width)), count);
                }
            }
        }
    }

    /// <summary>rows × columns from one pair of strides to another, float by float.</summary>
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows(float* b, nint bStep, int steps, int columns, int width, float* panel)
    {
        for (int step = 0; step < steps; step++, b += bStep, panel += width)
        {
            if (columns == width && width == 2 * S.Width)
            {
                S.Prefetch(b + (PrefetchSteps * bStep));
                S.Prefetch(b + (PrefetchSteps * bStep) + S.Width);
                S.Store(panel, S.Load(b));
                S.Store(panel + S.Width, S.Load(b + S.Width));
                continue;
            }

            for (int j = 0; j < width; j += S.Width)
            {
                S.Store(panel + j, S.LoadFirst(b + j, System.Math.Clamp(columns - j, 0, S.Width)));
            }
        }
    }
}
