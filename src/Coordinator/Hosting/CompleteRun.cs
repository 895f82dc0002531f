using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;
using Distributed.Protocol;

namespace Distributed.Coordinator.Hosting;

/// <summary>A run that has nothing left to train.</summary>
internal static class CompleteRun
{
    /// <summary>
    /// Whether a run that has written a model is complete. The model is the last thing that training writes, and it stays when somebody takes the run back
    /// to an earlier checkpoint; the metrics do not.
    /// </summary>
    /// <param name="recipe">What was trained.</param>
    /// <param name="hasModel">Whether the folder holds a model.</param>
    /// <param name="epochs">Those that are recorded, in order.</param>
    internal static bool Is(Recipe recipe, bool hasModel, IReadOnlyList<EpochMetrics> epochs) =>
        hasModel && epochs.Count > 0 && (epochs[^1].Epoch == recipe.Epochs || WaitedInVain(recipe, epochs));

    /// <summary>The epoch whose weights are the model: the last, or with early stopping the best.</summary>
    internal static EpochMetrics Result(Recipe recipe, IReadOnlyList<EpochMetrics> epochs)
    {
        EpochMetrics best = epochs[^1];
        double bestValue = double.PositiveInfinity;
        foreach (EpochMetrics epoch in recipe.EarlyStopping > 0 ? epochs : [])
        {
            double value = (recipe.EarlyStoppingMetric == EarlyStoppingMetric.Loss ? epoch.ValidationLoss : -epoch.ValidationAccuracy) ?? double.NaN;
            (best, bestValue) = value < bestValue ? (epoch, value) : (best, bestValue);
        }

        return best;
    }

    /// <summary>How the run in <paramref name="folder"/> ended; null when it has not.</summary>
    /// <exception cref="InputException">The model is damaged.</exception>
    internal static TrainingOutcome? Find(RunFolder folder)
    {
        Recipe recipe = folder.Manifest!.Recipe;
        var files = new FolderRunStore(folder.Path);
        EpochMetrics[] epochs = [.. MetricsHistory.Read(files).Epochs];
        return Is(recipe, files.Exists(ModelFile.Name), epochs)
            ? new TrainingOutcome
            {
                ExitCode = ExitCode.Done,
                RunDirectory = folder.Path,
                TestAccuracy = Result(recipe, epochs).TestAccuracy,
                WeightsDigest = ModelFile.Read(files, ModelFile.Name).ComputeWeightsDigest().Hex,
            }
            : null;
    }

    private static bool WaitedInVain(Recipe recipe, IReadOnlyList<EpochMetrics> epochs) =>
        recipe.EarlyStopping > 0 && epochs[^1].Epoch - Result(recipe, epochs).Epoch >= recipe.EarlyStopping;
}
