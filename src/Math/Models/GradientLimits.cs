namespace Distributed.Numerics.Models;

/// <summary>How many rows a forward and backward pass holds at once.</summary>
internal static class GradientLimits
{
    /// <summary>Floats of scratch that grow with the rows: 16 MiB.</summary>
    private const int ScratchFloatsMax = 4 << 20;

    private const int RowsFewest = 16;

    /// <summary>Rows whose features, activations and gradients fit the scratch.</summary>
    public static int RowsMax(NetworkShape shape)
    {
        long perRow = shape.Inputs + (3L * shape.Outputs);
        foreach (int units in shape.Hidden)
        {
            perRow += 3L * units;
        }

        return (int)System.Math.Max(RowsFewest, ScratchFloatsMax / perRow);
    }
}
