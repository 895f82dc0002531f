using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;
using Distributed.Protocol;

namespace Distributed.Coordinator.Comparison;

/// <summary>What a run's folder says of the run, as far as it is there and can be read.</summary>
public sealed record RunSummary
{
    /// <summary>Short, and different from those of the runs beside it.</summary>
    public required string Name { get; init; }

    /// <summary>run.json; null where it is damaged.</summary>
    public RunManifest? Manifest { get; init; }

    /// <summary>In order; none before the first is done.</summary>
    public IReadOnlyList<EpochMetrics> Epochs { get; init; } = [];

    /// <summary>Updates done, as far as the metrics tell.</summary>
    public int LastStep { get; init; }

    /// <summary>Of the trained weights; null before the run is finished.</summary>
    public Digest? WeightsDigest { get; init; }

    /// <summary>What is missing or damaged, each as a sentence.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// The epoch whose weights are the result: the last, or with early stopping the one that was best at what it watches; null before the
    /// first.
    /// </summary>
    public EpochMetrics? Result => Manifest?.Recipe is { EarlyStopping: > 0 } recipe
        ? recipe.EarlyStoppingMetric == EarlyStoppingMetric.Loss
            ? Epochs.MinBy(epoch => epoch.ValidationLoss ?? double.PositiveInfinity)
            : Epochs.MaxBy(epoch => epoch.ValidationAccuracy ?? double.NegativeInfinity)
        : Epochs.LastOrDefault();

    /// <summary>Reads the folder at <paramref name="path"/>.</summary>
    /// <param name="path">As given.</param>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <exception cref="InputException">It is not a run's folder.</exception>
    public static RunSummary Read(string path, string name)
    {
        var store = new FolderRunStore(path);
        var notes = new List<string>();
        if (!store.Exists(RunManifest.FileName))
        {
            throw new InputException(
                Directory.Exists(path)
                    ? $"{path} is not a run's folder: it has no {RunManifest.FileName}{RunsHint.For(path)}"
                    : $"{path}: there is no such folder; give the folders of runs, as runs/scratch-mlp-1");
        }

        RunManifest? manifest = Try(() => RunManifest.Read(store), notes);
        MetricsHistory history = Try(() => MetricsHistory.Read(store), notes) ?? new MetricsHistory([], []);
        notes.AddRange(history.Warnings);
        if (!store.Exists(MetricsHistory.FileName))
        {
            notes.Add($"{path} has no {MetricsHistory.FileName}, so that there is nothing to compare but the recipe and the digest.");
        }

        bool isFinished = store.Exists(ModelFile.Name);
        int lastStep = history.Records.Select(record => record.Step).DefaultIfEmpty(0).Max();
        if (!isFinished)
        {
            notes.Add($"{path} is not finished: it is still training, or was stopped at step {lastStep} or later (go on with --resume {path}).");
        }

        return new RunSummary
        {
            Name = name,
            Manifest = manifest,
            Epochs = [.. history.Epochs],
            LastStep = lastStep,
            WeightsDigest = isFinished ? Try(() => ModelFile.Read(store, ModelFile.Name), notes)?.ComputeWeightsDigest() : null,
            Notes = notes,
        };
    }

    private static T? Try<T>(Func<T> read, List<string> notes)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is InputException || StoreFault.Is(fault))
        {
            notes.Add(fault.Message);
            return null;
        }
    }
}
