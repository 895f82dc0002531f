using Distributed.Coordinator.Commands;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tuning;

/// <summary>Trains the trials of a tuning, some at once, and keeps the ledger. What it trains next, <see cref="TuningProgress"/> decides.</summary>
/// <param name="progress">Where the tuning stands.</param>
/// <param name="ledger">Keeps the results.</param>
/// <param name="trainer">Trains.</param>
/// <param name="display">Shows.</param>
/// <param name="settings">What does not influence the result.</param>
public sealed class TuningRun(
    TuningProgress progress, TuningLedger ledger, ITrialTrainer trainer, ITuningDisplay display, TuningSettings settings)
{
    private readonly Lock _lock = new();

    /// <summary>Trains until nothing is left, or until <paramref name="stop"/> is cancelled and every running trial has saved a checkpoint.</summary>
    /// <exception cref="IOException">Results or a trial's files cannot be written; every other running trial has saved a checkpoint.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!progress.IsOver && !stop.IsCancellationRequested)
        {
            IReadOnlyList<Trial> waiting = progress.Waiting;
            Rung rung = progress.Rung;
            CoreShare share = CoreShare.Of(settings.Cores, waiting.Count, settings.Parallel, settings.Workers);
            display.RungStarted(progress, share);
            var bound = new ParallelOptions { MaxDegreeOfParallelism = share.Parallel };
            await Parallel.ForEachAsync(waiting, bound, async (trial, failed) =>
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, failed);
                if (!either.IsCancellationRequested)
                {
                    await TrainAsync(trial, rung, share.Workers, either.Token).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
        }
    }

    private async Task TrainAsync(Trial trial, Rung rung, int workers, CancellationToken stop)
    {
        int epochs = rung.EpochsOf(trial);
        ITrainingObserver observer = display.TrialStarted(trial, epochs);
        string folder = Path.Combine(settings.Folder, trial.Folder);
        var work = new TrialWork(trial, rung.Number, epochs, folder, workers, settings.ArgumentsOf(trial.Recipe));
        if (await trainer.TrainAsync(work, observer, stop).ConfigureAwait(false) is not { } result)
        {
            return;
        }

        lock (_lock)
        {
            ledger.Append(result);
            progress.Record(result);
            display.TrialEnded(trial, result, progress);
        }
    }
}

/// <summary>What a tuning is told beside its plan. Nothing here may change a result.</summary>
/// <param name="Folder">The tuning's.</param>
/// <param name="Cores">Cores of this process.</param>
/// <param name="Parallel">Trials at once; null for as many as the cores.</param>
/// <param name="Workers">Workers of each trial; null for a fair share of the cores.</param>
/// <param name="ArgumentsOf">The command line that trains a recipe.</param>
public sealed record TuningSettings(string Folder, int Cores, int? Parallel, int? Workers, Func<Recipe, IReadOnlyList<string>> ArgumentsOf);
