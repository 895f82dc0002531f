using System.Globalization;
using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Training;
using Distributed.Protocol;

namespace Distributed.Coordinator.Hosting;

/// <summary>What early stopping remembers, as part of a checkpoint: the best weights as one more array, the numbers as further state.</summary>
internal static class EarlyStoppingState
{
    private const string Weights = "best_weights";
    private const string Epoch = "best_epoch";
    private const string Waited = "epochs_since_best";

    internal static IReadOnlyList<OptimizerMoment> Arrays(EarlyStopping? stopping) =>
        stopping is { BestEpoch: > 0 } ? [new OptimizerMoment(Weights, stopping.BestWeights)] : [];

    internal static IReadOnlyDictionary<string, string> Numbers(EarlyStopping? stopping) =>
        stopping is not { BestEpoch: > 0 }
            ? new Dictionary<string, string>()
            : new Dictionary<string, string>
            {
                [BestKey(stopping)] = stopping.Best.ToString("R", CultureInfo.InvariantCulture),
                [Epoch] = stopping.BestEpoch.ToString(CultureInfo.InvariantCulture),
                [Waited] = stopping.Waited.ToString(CultureInfo.InvariantCulture),
            };

    /// <summary>Restores <paramref name="stopping"/>, and returns the arrays of <paramref name="checkpoint"/> that are the optimizer's.</summary>
    /// <exception cref="InputException">The checkpoint has the weights without their numbers.</exception>
    internal static OptimizerMoment[] Restore(EarlyStopping? stopping, TrainingCheckpoint checkpoint)
    {
        if (checkpoint.Moments.FirstOrDefault(moment => moment.Name == Weights) is { } best)
        {
            if (stopping is null
                || !checkpoint.Extra.TryGetValue(BestKey(stopping), out string? text)
                || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            {
                throw Incomplete("best value");
            }

            stopping.Restore(value, Number(checkpoint, Epoch, least: 1), Number(checkpoint, Waited, least: 0), best.Values);
        }

        return [.. checkpoint.Moments.Where(moment => moment.Name != Weights)];
    }

    private static string BestKey(EarlyStopping stopping) =>
        stopping.Metric == EarlyStoppingMetric.Loss ? "best_loss" : "best_accuracy";

    private static int Number(TrainingCheckpoint checkpoint, string name, int least) =>
        checkpoint.Extra.TryGetValue(name, out string? text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
        && value >= least
            ? value
            : throw Incomplete(name);

    private static InputException Incomplete(string name) =>
        new($"the checkpoint's state of early stopping has no valid {name}; resume from another checkpoint, or begin again.");
}
