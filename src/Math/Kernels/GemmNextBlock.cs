namespace Distributed.Numerics.Kernels;

/// <summary>
/// The block of B that is packed after the one in use, where the caller holds it. Packing does nothing but wait for memory, computing
/// hardly uses it: so each row of tiles asks for a part of that block while it computes, and the lines are in the second cache, or have
/// been pushed from there into the third, when they are packed.
/// <code>
///   rows of B lie along the lanes      a row of tiles asks for one line of every row, each of its tiles for a part of the rows
///   columns of B lie along the steps   a tile asks for one column
/// </code>
/// </summary>
/// <param name="block">The block; without columns where none follows.</param>
/// <param name="tileRows">Rows of tiles over the block in use.</param>
/// <param name="tiles">Tiles in each.</param>
internal readonly unsafe struct GemmNextBlock<S, V>(GemmOperands block, int tileRows, int tiles)
    where S : struct, ISimd<V>
    where V : struct
{
    private const int LineFloats = 16;

    /// <summary>Lets the tiles of row <paramref name="row"/> ask for their part, or again for what lies at their Next.</summary>
    public void Ask(ref GemmTile tile, int row)
    {
        tile.Far = null;
        tile.FarTile = 0;
        tile.FarStep = 0;
        if (block.BColumn == 1)
        {
            int lines = (block.Columns + LineFloats - 1) / LineFloats;
            int line = LinesBefore(row, lines);
            if (line < LinesBefore(row + 1, lines))
            {
                tile.Far = block.B + (line * LineFloats);
                tile.FarTile = block.K / tiles * block.BStep;
                tile.FarStep = block.BStep;
            }
        }
        else if ((row + 1) * tiles <= block.Columns)
        {
            tile.Far = block.B + (row * tiles * block.BColumn);
            tile.FarTile = block.BColumn;
            tile.FarStep = (nint)GemmMicroKernel<S, V>.FarSteps;
        }
    }

    /// <summary>The lines spread evenly over the rows of tiles; with fewer rows than lines some are left out.</summary>
    private int LinesBefore(int row, int lines) => (int)((long)row * lines / tileRows);
}
