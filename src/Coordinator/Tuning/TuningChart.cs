using System.Globalization;
using Distributed.Coordinator.Charts;
using Distributed.Coordinator.Metrics;

namespace Distributed.Coordinator.Tuning;

/// <summary>A tuning's result as charts: the best trials by epoch, and for each axis what its values came to.</summary>
/// <param name="plan">What was tried.</param>
/// <param name="standings">The best first.</param>
/// <param name="epochsOf">What a trial's run recorded.</param>
public sealed class TuningChart(TuningPlan plan, IReadOnlyList<Standing> standings, Func<Trial, IReadOnlyList<EpochMetrics>> epochsOf)
{
    /// <summary>The file's name in a tuning's folder.</summary>
    public const string FileName = "tuning.svg";

    private const int CurvesWidth = 600;

    private ValueFormat Format => plan.Metric == TuningMetric.ValidationAccuracy ? ValueFormat.Percent : ValueFormat.Plain;

    private string Title => plan.Metric == TuningMetric.ValidationAccuracy ? "Validation accuracy" : "Validation loss";

    /// <summary>tuning.svg.</summary>
    public string RenderFile() => LineChartRenderer.RenderFile($"{Title} of a tuning", [Curves(), .. plan.Axes.Select(ByValue)]);

    /// <summary>The metric by epoch, of as many trials as there are line styles.</summary>
    public LineChart Curves() => new()
    {
        Title = Title,
        Subtitle = standings.Count > ChartStyle.Count ? $"the best {ChartStyle.Count} of {standings.Count} trials" : "",
        XLabel = "epoch",
        Width = CurvesWidth,
        Format = Format,
        Series = [.. standings.Take(ChartStyle.Count).Select((standing, style) => new ChartSeries(
            $"trial {standing.Trial.Number}",
            [.. epochsOf(standing.Trial).Select(epoch => new ChartPoint(epoch.Epoch, Value(epoch)))],
            style))],
    };

    /// <summary>The best and the worst that each value of an axis came to, after as many epochs as every trial was trained.</summary>
    public LineChart ByValue(GridAxis axis)
    {
        int index = plan.Axes.ToList().IndexOf(axis);
        (string? Name, double Figure)[] figures =
            [.. standings.Select(standing => (standing.Trial.Values[index], Figure(standing))).Where(pair => double.IsFinite(pair.Item2))];
        var chart = new LineChart
        {
            Title = axis.Key,
            Subtitle = plan.Metric.Spoken() + (plan.Rungs[0].Epochs is { } epochs ? $" after {epochs} {(epochs == 1 ? "epoch" : "epochs")}" : ""),
            XLabel = axis.Key,
            Format = Format,
            Series = [],
        };
        return axis.Range is null ? OfNames(chart, axis, figures) : OfNumbers(chart, figures);
    }

    private LineChart OfNames(LineChart chart, GridAxis axis, (string? Name, double Figure)[] figures) => chart with
    {
        XNames = axis.Values,
        Series =
        [
            new ChartSeries("best", [.. axis.Values.Select((name, i) => new ChartPoint(i + 1, Extreme(figures, name, best: true)))], 0),
            new ChartSeries("worst", [.. axis.Values.Select((name, i) => new ChartPoint(i + 1, Extreme(figures, name, best: false)))], 1),
        ],
    };

    private static LineChart OfNumbers(LineChart chart, (string? Name, double Figure)[] figures) => chart with
    {
        XScale = AxisScale.Logarithmic,
        XFormat = ValueFormat.Plain,
        Series = [new ChartSeries(
            "each trial",
            [
                .. figures
                    .Where(pair => pair.Name is not null)
                    .Select(pair => new ChartPoint(double.Parse(pair.Name!, CultureInfo.InvariantCulture), pair.Figure))
                    .OrderBy(point => point.X),
            ],
            0)],
    };

    private double Extreme((string? Name, double Figure)[] figures, string name, bool best)
    {
        double[] ofName = [.. figures.Where(pair => pair.Name == name).Select(pair => pair.Figure)];
        return ofName.Length == 0 ? double.NaN
            : best == (plan.Metric == TuningMetric.ValidationAccuracy) ? ofName.Max()
            : ofName.Min();
    }

    private double Figure(Standing standing) =>
        standing.Result.Failure is not null ? double.NaN
        : plan.Rungs[0].Epochs is not { } epochs ? plan.Metric.Of(standing.Result)
        : epochsOf(standing.Trial).Where(epoch => epoch.Epoch <= epochs).Select(Value).LastOrDefault(double.NaN);

    private double Value(EpochMetrics epoch) =>
        (plan.Metric == TuningMetric.ValidationAccuracy ? epoch.ValidationAccuracy : epoch.ValidationLoss) ?? double.NaN;
}
