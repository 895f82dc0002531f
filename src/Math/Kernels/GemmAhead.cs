using System.Numerics;

namespace Distributed.Numerics.Kernels;

/// <summary>
/// Spreads the rows that are read much later over the steps of a product, a line or less a step: asked for all at once they would fill the
/// few places in which a core awaits lines, and the product would wait with them.
/// </summary>
internal sealed unsafe class GemmAhead
{
    private const int LineBytes = 64;
    private readonly GemmBuffer _rows = new();

    /// <summary>Lets the tile ask for the line at <paramref name="address"/>, which is at hand, again and again.</summary>
    public void AskNothing(ref GemmTile tile, void* address)
    {
        tile.Ahead = Reserve(1);
        tile.Ahead[0] = (nint)address;
        tile.AheadShift = 31;
        tile.AheadLast = 0;
    }

    /// <summary>Lets the tile ask for <paramref name="rows"/>, or as many of them as its steps allow.</summary>
    /// <param name="tile">Runs over <paramref name="steps"/> from step 0.</param>
    /// <param name="rows">Addresses, at least one.</param>
    /// <param name="rowBytes">Bytes of a row.</param>
    /// <param name="steps">Steps of the summed index.</param>
    public void Ask(ref GemmTile tile, ReadOnlySpan<nint> rows, int rowBytes, int steps)
    {
        // A row that begins within a line touches one more.
        int lines = ((rowBytes + LineBytes - 1) / LineBytes) + 1;
        tile.AheadShift = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)lines));
        tile.AheadLast = rowBytes - 1;
        int entries = (steps >> tile.AheadShift) + 1;
        tile.Ahead = Reserve(entries);
        for (int i = 0; i < entries; i++)
        {
            tile.Ahead[i] = rows[System.Math.Min(i, rows.Length - 1)];
        }
    }

    private nint* Reserve(int entries) => (nint*)_rows.Reserve((long)entries * sizeof(nint) / sizeof(float));
}
