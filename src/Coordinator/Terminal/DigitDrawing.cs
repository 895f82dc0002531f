using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Terminal;

/// <summary>A sample as a picture: brightness in [0, 1], row-major.</summary>
public sealed record DigitDrawing(int Side, double[] Brightness)
{
    private const int SideMin = 4;
    private const double Lit = 0.35;

    /// <summary>The picture of a sample whose features form a square that fits <paramref name="columnsMax"/>, or null.</summary>
    public static DigitDrawing? Of(Dataset samples, int index, int columnsMax)
    {
        int side = (int)Math.Round(Math.Sqrt(samples.Features));
        if (side * side != samples.Features || side < SideMin || side > columnsMax)
        {
            return null;
        }

        double[] values = new double[samples.Features];
        for (int i = 0; i < values.Length; i++)
        {
            int at = (index * samples.Features) + i;
            values[i] = samples.Bytes is { } bytes ? bytes[at] : samples.Floats![at];
        }

        double low = samples.Bytes is null ? values.Min() : 0;
        double high = samples.Bytes is null ? values.Max() : byte.MaxValue;
        return new DigitDrawing(side, [.. values.Select(value => high > low ? (value - low) / (high - low) : 0)]);
    }

    /// <summary>Two rows of the picture in each line, by half blocks that are on or off.</summary>
    public IEnumerable<string> Lines()
    {
        for (int row = 0; row < Side; row += 2)
        {
            yield return string.Concat(Enumerable.Range(0, Side).Select(column => (At(row, column) > Lit, At(row + 1, column) > Lit) switch
            {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                _ => ' ',
            })).TrimEnd();
        }
    }

    /// <summary>Brightness at a place; below the last row it is 0.</summary>
    public double At(int row, int column) => row < Side ? Brightness[(row * Side) + column] : 0;
}
