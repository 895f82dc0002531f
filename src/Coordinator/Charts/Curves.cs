using Distributed.Coordinator.Metrics;

namespace Distributed.Coordinator.Charts;

/// <summary>A run's loss and accuracy by epoch, as charts.</summary>
public static class Curves
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string FileName = "curves.svg";

    private const int TrainStyle = 0;
    private const int ValidationStyle = 2;
    private const int TestStyle = 1;

    /// <summary>Above this ratio of the highest to the lowest loss equal ratios show more than equal differences.</summary>
    private const double LogarithmicFrom = 100;

    /// <summary>Mean cross-entropy of training, validation and test.</summary>
    public static LineChart Loss(IReadOnlyList<EpochMetrics> epochs)
    {
        ChartSeries[] series = Series(epochs, epoch => epoch.TrainLoss, epoch => epoch.ValidationLoss, epoch => epoch.TestLoss);
        double[] values = [.. series.SelectMany(line => line.Points).Select(point => point.Y).Where(value => double.IsFinite(value) && value > 0)];
        bool isWide = values.Length > 0 && values.Max() > LogarithmicFrom * values.Min();
        return new LineChart
        {
            Title = "Loss",
            Subtitle = isWide ? "mean cross-entropy, logarithmic" : "mean cross-entropy",
            XLabel = "epoch",
            Series = series,
            Scale = isWide ? AxisScale.Logarithmic : AxisScale.Linear,
        };
    }

    /// <summary>Share of correctly classified samples of training, validation and test.</summary>
    public static LineChart Accuracy(IReadOnlyList<EpochMetrics> epochs) => new()
    {
        Title = "Accuracy",
        Subtitle = "correctly classified",
        XLabel = "epoch",
        Series = Series(epochs, epoch => epoch.TrainAccuracy, epoch => epoch.ValidationAccuracy, epoch => epoch.TestAccuracy),
        Format = ValueFormat.Percent,
    };

    /// <summary>curves.svg: both side by side.</summary>
    public static string RenderFile(IReadOnlyList<EpochMetrics> epochs) =>
        LineChartRenderer.RenderFile("Loss and accuracy by epoch", [Loss(epochs), Accuracy(epochs)]);

    private static ChartSeries[] Series(
        IReadOnlyList<EpochMetrics> epochs,
        Func<EpochMetrics, double?> train,
        Func<EpochMetrics, double?> validation,
        Func<EpochMetrics, double?> test) =>
    [
        new ChartSeries("training", Points(epochs, train), TrainStyle),
        new ChartSeries("validation", Points(epochs, validation), ValidationStyle),
        new ChartSeries("test", Points(epochs, test), TestStyle),
    ];

    private static ChartPoint[] Points(IReadOnlyList<EpochMetrics> epochs, Func<EpochMetrics, double?> value) =>
        [.. epochs.Select(epoch => new ChartPoint(epoch.Epoch, value(epoch) ?? double.NaN))];
}
