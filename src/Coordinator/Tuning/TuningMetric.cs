using Distributed.Coordinator.Recipes;

namespace Distributed.Coordinator.Tuning;

/// <summary>What trials are ranked by. Test samples have no part in it.</summary>
public enum TuningMetric
{
    /// <summary>Share of validation samples answered correctly; higher is better.</summary>
    ValidationAccuracy,

    /// <summary>Mean cross-entropy of the validation samples; lower is better.</summary>
    ValidationLoss,
}

/// <summary>Names and order of metrics.</summary>
public static class TuningMetrics
{
    private static readonly (string, TuningMetric)[] Words =
        [("validation_accuracy", TuningMetric.ValidationAccuracy), ("validation_loss", TuningMetric.ValidationLoss)];

    /// <summary>The metric of that name.</summary>
    /// <exception cref="Protocol.InputException">There is none.</exception>
    public static TuningMetric Metric(this SettingText setting) => setting.OneOf(Words);

    /// <summary>validation_accuracy, as in metrics.jsonl.</summary>
    public static string Name(this TuningMetric metric) => SettingFormats.Word(Words, metric);

    /// <summary>validation accuracy.</summary>
    public static string Spoken(this TuningMetric metric) => metric.Name().Replace('_', ' ');

    /// <summary>A trial's figure.</summary>
    public static double Of(this TuningMetric metric, TrialResult result) =>
        metric == TuningMetric.ValidationAccuracy ? result.ValidationAccuracy : result.ValidationLoss;

    /// <summary>The best first; ties go to the lower trial number. Failed trials have no place in it.</summary>
    public static IEnumerable<TrialResult> Order(this TuningMetric metric, IEnumerable<TrialResult> results)
    {
        IEnumerable<TrialResult> sound = results.Where(result => result.Failure is null).OrderBy(result => result.Trial);
        return metric == TuningMetric.ValidationAccuracy
            ? sound.OrderByDescending(result => metric.Of(result))
            : sound.OrderBy(result => metric.Of(result));
    }
}
