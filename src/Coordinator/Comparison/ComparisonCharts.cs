using Distributed.Coordinator.Charts;
using Distributed.Coordinator.Metrics;

namespace Distributed.Coordinator.Comparison;

/// <summary>The curves of several runs over each other: loss and accuracy, a line for each run.</summary>
public static class ComparisonCharts
{
    private const int Width = 640;
    private const int Height = 400;

    /// <summary>Both side by side, as one file.</summary>
    public static string RenderFile(RunComparison comparison)
    {
        Part part = PartOf(comparison.Runs);
        LineChart loss = Chart(comparison.Runs, $"{part.Name} loss", "mean cross-entropy", ValueFormat.Plain, part.Loss);
        LineChart accuracy = Chart(comparison.Runs, $"{part.Name} accuracy", "correctly classified", ValueFormat.Percent, part.Accuracy);
        return LineChartRenderer.RenderFile($"{comparison.Runs.Count} runs by epoch", [loss, accuracy]);
    }

    /// <summary>The samples that every run with epochs was measured on and that say most: validation, else test, else training.</summary>
    private static Part PartOf(IReadOnlyList<RunSummary> runs)
    {
        EpochMetrics[] epochs = [.. runs.SelectMany(run => run.Epochs)];
        return epochs.All(epoch => epoch.ValidationLoss is not null) ? new Part("Validation", e => e.ValidationLoss, e => e.ValidationAccuracy)
            : epochs.All(epoch => epoch.TestLoss is not null) ? new Part("Test", e => e.TestLoss, e => e.TestAccuracy)
            : new Part("Training", e => e.TrainLoss, e => e.TrainAccuracy);
    }

    private static LineChart Chart(
        IReadOnlyList<RunSummary> runs, string title, string subtitle, ValueFormat format, Func<EpochMetrics, double?> value) => new()
    {
        Title = title,
        Subtitle = subtitle,
        XLabel = "epoch",
        Format = format,
        Width = Width,
        Height = Height,
        Series = [.. runs.Select((run, i) => new ChartSeries(run.Name, Points(run, value), i))],
    };

    private static ChartPoint[] Points(RunSummary run, Func<EpochMetrics, double?> value) =>
        [.. run.Epochs.Select(epoch => new ChartPoint(epoch.Epoch, value(epoch) ?? double.NaN))];

    private sealed record Part(string Name, Func<EpochMetrics, double?> Loss, Func<EpochMetrics, double?> Accuracy);
}
