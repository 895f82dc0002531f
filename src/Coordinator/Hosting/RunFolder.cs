using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;
using Distributed.Protocol;

namespace Distributed.Coordinator.Hosting;

/// <summary>The folder of a run, new or to be continued.</summary>
internal sealed class RunFolder
{
    private const string RunsFolder = "runs";
    private const string Mnist = "mnist";

    private RunFolder(string path, RunManifest? manifest)
    {
        Path = path;
        Store = new FolderRunStore(path);
        Manifest = manifest;
    }

    internal string Path { get; }

    internal IRunStore Store { get; }

    /// <summary>What run.json said when the run began; null for a new run.</summary>
    internal RunManifest? Manifest { get; }

    /// <summary>The epochs that were recorded before a resume.</summary>
    internal IReadOnlyList<EpochMetrics> EarlierEpochs { get; private set; } = [];

    /// <summary>Seconds that the run had taken before a resume.</summary>
    internal double EarlierSeconds { get; private set; }

    /// <summary><paramref name="path"/>, or the first free runs/NAME-N.</summary>
    /// <exception cref="InputException">The folder holds a run already.</exception>
    internal static RunFolder New(string? path, string recipeName)
    {
        path ??= FirstFree(recipeName);
        if (File.Exists(System.IO.Path.Combine(path, RunManifest.FileName)))
        {
            throw new InputException($"--run-dir {path}: the folder holds a run already; continue it with --resume {path}, or give another folder.");
        }

        return new RunFolder(path, null);
    }

    /// <summary>The folder of a run that was begun before.</summary>
    /// <exception cref="InputException">There is none.</exception>
    internal static RunFolder Existing(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new InputException($"--resume {path}: there is no such folder; give the folder of a run, which holds {RunManifest.FileName}.");
        }

        return new RunFolder(path, RunManifest.Read(new FolderRunStore(path)));
    }

    /// <summary>The run at its first step; for a run to be continued, at its newest complete checkpoint, to which the metrics are taken back.</summary>
    internal PreparedRun Prepare(TrainOptions options, LoadedData data, Digest dataDigest, ITrainingObserver observer)
    {
        if (Manifest is not null)
        {
            return Resume(data, dataDigest, observer);
        }

        PreparedRun run = PreparedRun.Begin(options.Recipe!, data, dataDigest, options.InitFrom);
        Create();
        return run;
    }

    /// <summary>What the options say, with full paths; for a run to be continued, what they do not say is as it was.</summary>
    internal DataOptions SourceFor(TrainOptions options) => new(
        FullPath(options.Data) ?? Manifest?.Data.Data ?? Mnist,
        FullPath(options.TestData) ?? Manifest?.Data.TestData,
        options.LabelColumn ?? Manifest?.Data.LabelColumn);

    private static string? FullPath(string? data) => data is null or Mnist ? data : System.IO.Path.GetFullPath(data);

    /// <summary>Makes the folder once nothing else can be wrong, so that a mistyped option leaves none behind.</summary>
    private void Create()
    {
        try
        {
            Directory.CreateDirectory(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--run-dir {Path}: the folder cannot be made: {error.Message} Give a folder that can be written to.", error);
        }
    }

    private PreparedRun Resume(LoadedData data, Digest digest, ITrainingObserver observer)
    {
        var catalog = new CheckpointCatalog(Store);
        catalog.CleanTemporaries();
        CheckpointSearch found = catalog.RequireNewest();
        foreach (string warning in found.Warnings)
        {
            observer.Event(warning, EventLevel.Warning);
        }

        TrainingCheckpoint checkpoint = found.Checkpoint!;
        MetricsHistory history = MetricsHistory.Rewind(Store, checkpoint.Position.Step.Value, checkpoint.Position.Epoch);
        EarlierEpochs = history.Epochs.ToArray();
        EarlierSeconds = EarlierEpochs.Count > 0 ? EarlierEpochs[^1].Seconds : 0;
        return PreparedRun.Resume(checkpoint, data, digest);
    }

    private static string FirstFree(string recipeName)
    {
        for (int number = 1; ; number++)
        {
            string path = System.IO.Path.Combine(RunsFolder, $"{recipeName}-{number}");
            if (!Directory.Exists(path))
            {
                return path;
            }
        }
    }
}
