namespace Distributed.Numerics.Kernels;

/// <summary>
/// Rows cut into tiles of two heights that differ by one, the higher ones first: a remainder tile of a row or two would leave the
/// multipliers waiting for its few chains.
/// </summary>
internal readonly struct GemmRowSplit
{
    public GemmRowSplit(int rows, int rowsMax)
    {
        int tiles = (rows + rowsMax - 1) / rowsMax;
        Height = rows / tiles;
        HigherTiles = rows % tiles;
        Tiles = tiles;
    }

    /// <summary>Rows of a lower tile.</summary>
    public int Height { get; }

    /// <summary>The first tiles have one row more.</summary>
    public int HigherTiles { get; }

    public int Tiles { get; }

    /// <summary>Rows of tile <paramref name="tile"/>.</summary>
    public int HeightOf(int tile) => Height + (tile < HigherTiles ? 1 : 0);
}
