namespace Distributed.Coordinator.Charts;

/// <summary>How the numbers of an axis are written.</summary>
public enum ValueFormat
{
    /// <summary>0.1124</summary>
    Plain,

    /// <summary>A share from 0 to 1, shown as 97.12 %.</summary>
    Percent,

    /// <summary>130,000</summary>
    Grouped,
}

/// <summary>How an axis maps values to places.</summary>
public enum AxisScale
{
    /// <summary>Equal differences, equal distances.</summary>
    Linear,

    /// <summary>Equal ratios, equal distances. Values that are not above 0 are gaps.</summary>
    Logarithmic,
}

/// <summary>A point of a series. A value that is not finite is a gap in the line.</summary>
public readonly record struct ChartPoint(double X, double Y);

/// <summary>One line of a chart.</summary>
/// <param name="Name">As the legend shows it.</param>
/// <param name="Points">In order of X.</param>
/// <param name="Style">Which of <see cref="ChartStyle"/>'s colours and dash patterns, from 0, wrapping around.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points, int Style);

/// <summary>A line chart as data.</summary>
public sealed record LineChart
{
    /// <summary>What is shown, above the chart.</summary>
    public required string Title { get; init; }

    /// <summary>Smaller, after the title.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>For those who cannot see it; made from the data when empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>What runs to the right, for example epoch.</summary>
    public required string XLabel { get; init; }

    /// <summary>The lines; those without a finite value are not shown.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>How values are written.</summary>
    public ValueFormat Format { get; init; } = ValueFormat.Plain;

    /// <summary>How values are placed.</summary>
    public AxisScale Scale { get; init; } = AxisScale.Linear;

    /// <summary>How what runs to the right is placed.</summary>
    public AxisScale XScale { get; init; } = AxisScale.Linear;

    /// <summary>How the numbers of what runs to the right are written.</summary>
    public ValueFormat XFormat { get; init; } = ValueFormat.Grouped;

    /// <summary>Names that stand for 1, 2, 3 … on what runs to the right; null where numbers are meant.</summary>
    public IReadOnlyList<string>? XNames { get; init; }

    /// <summary>Width of the drawing in its own units.</summary>
    public int Width { get; init; } = 460;

    /// <summary>Height of the drawing in its own units.</summary>
    public int Height { get; init; } = 320;

    /// <summary>The name that stands for <paramref name="x"/>, or null.</summary>
    internal string? NameOf(double x) => XNames is { } names && x >= 1 && x <= names.Count && x == Math.Floor(x) ? names[(int)x - 1] : null;
}
