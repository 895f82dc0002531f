namespace Distributed.Numerics.Models;

/// <summary>
/// How many rows a forward and backward pass holds at once. A matter of caches alone: the bits are the same for every limit.
/// </summary>
internal static class GradientLimits
{
    /// <summary>
    /// Floats of scratch that grow with the rows: 1 MiB, so that features read twice are still in the second-level cache.
    /// </summary>
    private const int ScratchFloatsFewest = 1 << 18;

    /// <summary>A large network earns more rows: each block passes over all weights and their gradient.</summary>
    private const int ScratchPerParameter = 2;

    private const int RowsFewest = 32;

    /// <summary>
    /// Where features stay bytes: a line of each row and the rows of dZ, a line each, are in the nearest cache while a weight gradient passes
    /// over them.
    /// </summary>
    public const int RowsMaxOfBytes = 256;

    /// <summary>Rows whose features, activations and gradients fit the scratch.</summary>
    public static int RowsMax(NetworkShape shape)
    {
        long perRow = shape.Inputs + (3L * shape.Outputs);
        foreach (int units in shape.Hidden)
        {
            perRow += 3L * units;
        }

        long scratch = System.Math.Max(ScratchFloatsFewest, (long)ScratchPerParameter * ParameterLayout.For(shape).Count);
        return (int)System.Math.Max(RowsFewest, scratch / perRow);
    }
}
