using Distributed.Coordinator.Metrics;

namespace Distributed.Coordinator.Reports;

/// <summary>The few numbers that say what came out of a run.</summary>
internal sealed record ReportFigures
{
    /// <summary>The best name of the accuracy that there is: test, else validation, else training.</summary>
    public required string AccuracyName { get; init; }

    /// <summary>Of the weights that are the result; null before there is an epoch.</summary>
    public required double? Accuracy { get; init; }

    /// <summary>Since the run began.</summary>
    public required double Seconds { get; init; }

    /// <summary>Over all epochs together.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>At the end.</summary>
    public required int Workers { get; init; }

    public static ReportFigures Of(RunReport report)
    {
        EpochMetrics[] epochs = [.. report.History.Epochs];
        EpochMetrics? result = report.ResultEpoch;
        EpochMetrics? last = epochs.LastOrDefault();
        return new ReportFigures
        {
            AccuracyName = result switch
            {
                { TestAccuracy: not null } => "Test accuracy",
                { ValidationAccuracy: not null } => "Validation accuracy",
                _ => "Training accuracy",
            },
            Accuracy = result?.TestAccuracy ?? result?.ValidationAccuracy ?? result?.TrainAccuracy,
            Seconds = last?.Seconds ?? 0,
            SamplesPerSecond = Throughput.Of(epochs),
            Workers = last?.Workers ?? 0,
        };
    }
}
