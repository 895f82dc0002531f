using Distributed.Coordinator.Metrics;

namespace Distributed.Coordinator.Reports;

/// <summary>The few numbers that say what came out of a run.</summary>
internal sealed record ReportFigures
{
    /// <summary>The best name of the accuracy that there is: test, else validation, else training.</summary>
    public required string AccuracyName { get; init; }

    /// <summary>At the end of the last epoch; null before there is one.</summary>
    public required double? Accuracy { get; init; }

    /// <summary>Since the run began.</summary>
    public required double Seconds { get; init; }

    /// <summary>Over all epochs together: the harmonic mean, because each epoch has the same samples.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>At the end.</summary>
    public required int Workers { get; init; }

    public static ReportFigures Of(MetricsHistory history)
    {
        EpochMetrics[] epochs = [.. history.Epochs];
        EpochMetrics? last = epochs.LastOrDefault();
        double time = epochs.Sum(epoch => 1 / epoch.SamplesPerSecond);
        return new ReportFigures
        {
            AccuracyName = last switch
            {
                { TestAccuracy: not null } => "Test accuracy",
                { ValidationAccuracy: not null } => "Validation accuracy",
                _ => "Training accuracy",
            },
            Accuracy = last?.TestAccuracy ?? last?.ValidationAccuracy ?? last?.TrainAccuracy,
            Seconds = last?.Seconds ?? 0,
            SamplesPerSecond = time > 0 ? epochs.Length / time : 0,
            Workers = last?.Workers ?? 0,
        };
    }
}
