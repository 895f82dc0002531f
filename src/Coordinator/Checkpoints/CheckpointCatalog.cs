using Distributed.Coordinator.Storage;
using Distributed.Numerics;
using Distributed.Protocol;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>The checkpoints in a run's folder.</summary>
public sealed class CheckpointCatalog(IRunStore store)
{
    /// <summary>Checkpoints that are kept unless told otherwise.</summary>
    public const int KeepDefault = 3;

    /// <summary>Paths of the files that are named as checkpoints, whole or not, newest first.</summary>
    public IReadOnlyList<string> Paths => Steps().Select(step => CheckpointName.PathOf(step)).ToArray();

    /// <summary>Looks for the newest checkpoint that is whole. Torn and rotten ones are skipped, each with a warning.</summary>
    public CheckpointSearch FindNewest()
    {
        var skipped = new List<(string Path, string Reason)>();
        foreach (string path in Paths)
        {
            try
            {
                TrainingCheckpoint checkpoint = CheckpointFile.Read(store, path);
                return new CheckpointSearch(checkpoint, path, Warnings(skipped, $"'{store.Locate(path)}' is used instead."));
            }
            catch (Exception exception) when (exception is InputException || StoreFault.Is(exception))
            {
                skipped.Add((path, exception.Message));
            }
        }

        return new CheckpointSearch(null, null, Warnings(skipped, "There is no older checkpoint to use instead."));
    }

    /// <summary>
    /// As <see cref="FindNewest"/>, but no usable checkpoint throws <see cref="InputException"/>: a run must not start again from zero
    /// unasked.
    /// </summary>
    public CheckpointSearch RequireNewest()
    {
        CheckpointSearch search = FindNewest();
        if (search.Checkpoint is null)
        {
            string reasons = search.Warnings.Count == 0 ? "it has none" : string.Join(' ', search.Warnings);
            throw new InputException(
                $"'{store.Locate(CheckpointName.Folder)}' holds no checkpoint to resume from: {reasons.TrimEnd('.')}. "
                + "Start the run again in a new folder.");
        }

        return search;
    }

    /// <summary>Removes the oldest checkpoints, so that <paramref name="keep"/> stay. Call only once the newest is complete.</summary>
    public void Prune(int keep = KeepDefault)
    {
        Check.That(keep >= 1);
        foreach (string path in Paths.Skip(keep))
        {
            store.Delete(path);
        }
    }

    /// <summary>Removes what a crash left half-written. Call only while nothing is being written.</summary>
    public void CleanTemporaries()
    {
        foreach (string name in store.List(CheckpointName.Folder))
        {
            if (name.EndsWith(AtomicFile.TemporarySuffix, StringComparison.Ordinal))
            {
                store.Delete($"{CheckpointName.Folder}/{name}");
            }
        }
    }

    private IEnumerable<StepNumber> Steps()
    {
        var steps = new List<StepNumber>();
        foreach (string name in store.List(CheckpointName.Folder))
        {
            if (CheckpointName.TryParse(name, out StepNumber step))
            {
                steps.Add(step);
            }
        }

        return steps.OrderByDescending(step => step.Value);
    }

    private string[] Warnings(List<(string Path, string Reason)> skipped, string instead) =>
        [.. skipped.Select(skip => $"The checkpoint {skip.Path} is skipped: {skip.Reason} {instead}")];
}
