using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Terminal;

/// <summary>What stands above a run's progress.</summary>
public static class SummaryLines
{
    /// <summary>The network, the data and the workers; then the run's folder.</summary>
    public static IEnumerable<string> For(TrainingSummary summary)
    {
        string[] samples =
        [
            $"{Figures.Whole(summary.TrainSamples)} training",
            .. summary.ValidationSamples > 0 ? [$"{Figures.Whole(summary.ValidationSamples)} validation"] : Array.Empty<string>(),
            .. summary.TestSamples > 0 ? [$"{Figures.Whole(summary.TestSamples)} test"] : Array.Empty<string>(),
        ];
        yield return $"{summary.Recipe}: {summary.Layers} ({Figures.Whole(summary.Parameters)} parameters), {string.Join(" + ", samples)} samples, "
            + $"{summary.Workers} {(summary.Workers == 1 ? "worker" : "workers")}"
            + (summary.Kernels.Length > 0 ? $", {summary.Kernels} kernels" : "");
        yield return summary.ResumedAtStep > 0
            ? $"run folder {summary.RunDirectory}, resumed at step {Figures.Whole(summary.ResumedAtStep)}"
            : $"run folder {summary.RunDirectory}";
    }
}
