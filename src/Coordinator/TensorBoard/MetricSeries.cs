using Distributed.Coordinator.Metrics;

namespace Distributed.Coordinator.TensorBoard;

/// <summary>The series that TensorBoard shows of a run's metrics: what stands before the slash is the chart's group.</summary>
public static class MetricSeries
{
    /// <summary>Writes <paramref name="record"/>'s numbers at its step. Events have none.</summary>
    public static void Write(TensorBoardWriter writer, MetricsRecord record)
    {
        switch (record)
        {
            case StepMetrics step:
                writer.WriteScalars(step.Step, [.. Of(step)]);
                break;
            case EpochMetrics epoch:
                writer.WriteScalars(epoch.Step, [.. Of(epoch)]);
                break;
        }
    }

    private static (string Tag, double Value)[] Of(StepMetrics step) =>
    [
        ("loss/minibatch", step.TrainLoss),
        ("accuracy/minibatch", step.TrainAccuracy),
        ("run/learning_rate", step.LearningRate),
        ("run/samples_per_second", step.SamplesPerSecond),
        ("run/workers", step.Workers),
    ];

    private static IEnumerable<(string Tag, double Value)> Of(EpochMetrics epoch)
    {
        (string Tag, double? Value)[] values =
        [
            ("loss/train", epoch.TrainLoss),
            ("loss/validation", epoch.ValidationLoss),
            ("loss/test", epoch.TestLoss),
            ("accuracy/train", epoch.TrainAccuracy),
            ("accuracy/validation", epoch.ValidationAccuracy),
            ("accuracy/test", epoch.TestAccuracy),
            ("epoch/number", epoch.Epoch),
            ("epoch/learning_rate", epoch.LearningRate),
            ("epoch/samples_per_second", epoch.SamplesPerSecond),
            ("epoch/workers", epoch.Workers),
        ];
        return values.Where(pair => pair.Value is not null).Select(pair => (pair.Tag, pair.Value!.Value));
    }
}
