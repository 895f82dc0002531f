using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Fencing;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Web;
using Distributed.Protocol;
using Distributed.Protocol.Clusters;

namespace Distributed.Coordinator.Hosting;

/// <summary>The folder of a run, new or to be continued. Until it is disposed of, no other coordinator of a living process gets it.</summary>
internal sealed class RunFolder : IAsyncDisposable
{
    private const string RunsFolder = "runs";
    private const string Mnist = "mnist";

    private readonly FolderRunStore _files;
    private RunOwnership? _ownership;

    private RunFolder(string path, FolderRunStore files, RunManifest? manifest)
    {
        Path = path;
        _files = files;
        Manifest = manifest;
    }

    internal string Path { get; }

    /// <summary>The files, once the run is prepared.</summary>
    internal FencedRunStore Store => _ownership?.Store ?? throw new InvalidOperationException("the run is not prepared");

    /// <summary>From which coordinator it was taken over, and why, if that one had not ended in order.</summary>
    internal string? TakenOver => _ownership?.TakenOver;

    /// <summary>What run.json said when the run began; null for a new run.</summary>
    internal RunManifest? Manifest { get; }

    /// <summary>What the run had done before a resume.</summary>
    internal EarlierRun Earlier { get; private set; } = EarlierRun.None;

    /// <summary><paramref name="path"/>, or the first free runs/NAME-N.</summary>
    /// <exception cref="InputException">The folder holds a run already.</exception>
    internal static RunFolder New(string? path, string recipeName)
    {
        path ??= FirstFree(recipeName);
        if (File.Exists(System.IO.Path.Combine(path, RunManifest.FileName)))
        {
            throw new InputException($"--run-dir {path}: the folder holds a run already; continue it with --resume {path}, or give another folder.");
        }

        return new RunFolder(path, new FolderRunStore(path), null);
    }

    /// <summary>The folder of a run that was begun before.</summary>
    /// <exception cref="InputException">There is none.</exception>
    internal static RunFolder Existing(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new InputException($"--resume {path}: there is no such folder; give the folder of a run, which holds {RunManifest.FileName}.");
        }

        var files = new FolderRunStore(path);
        return new RunFolder(path, files, RunManifest.Read(files));
    }

    /// <summary>
    /// Takes the folder. The run is then at its first step; one to be continued is at its newest complete checkpoint, to which the metrics are taken back.
    /// </summary>
    /// <exception cref="InputException">Something is wrong with the input, or another coordinator trains the run.</exception>
    internal async Task<PreparedRun> PrepareAsync(
        TrainOptions options, LoadedData data, Digest dataDigest, ITrainingObserver observer, TimeProvider time, CancellationToken stop)
    {
        if (Manifest is not null)
        {
            await TakeAsync(options, observer, time, stop).ConfigureAwait(false);
            return options.IsSupervised && new CheckpointCatalog(Store).Paths.Count == 0
                ? BeginAgain(options, Manifest, data, dataDigest, observer)
                : Resume(data, dataDigest, observer);
        }

        PreparedRun run = PreparedRun.Begin(options.Recipe!, data, dataDigest, options.InitFrom);
        Create();
        await TakeAsync(options, observer, time, stop).ConfigureAwait(false);
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        if (_ownership is not null)
        {
            await _ownership.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>What the options say, with full paths; for a run to be continued, what they do not say is as it was.</summary>
    internal DataOptions SourceFor(TrainOptions options) => new(
        FullPath(options.Data) ?? Manifest?.Data.Data ?? Mnist,
        FullPath(options.TestData) ?? Manifest?.Data.TestData,
        options.LabelColumn ?? Manifest?.Data.LabelColumn);

    private static string? FullPath(string? data) => data is null or Mnist ? data : System.IO.Path.GetFullPath(data);

    private async Task TakeAsync(TrainOptions options, ITrainingObserver observer, TimeProvider time, CancellationToken stop)
    {
        try
        {
            _ownership = await RunOwnership.TakeAsync(
                _files,
                ProcessTable.Self(time.GetUtcNow()),
                ProcessTable.Exists,
                time,
                text => observer.Event(text, EventLevel.Information),
                evenFromLiving: options.Cluster is { Role: NodeRole.Standby },
                stop).ConfigureAwait(false);
        }
        catch (Exception error) when (StoreFault.Is(error))
        {
            throw new InputException($"{Path} cannot be written: {error.Message} Make room, or give a folder that can be written to.", error);
        }
    }

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

    /// <summary>The run of <paramref name="manifest"/> before its first step: it ended before its first checkpoint.</summary>
    private PreparedRun BeginAgain(TrainOptions options, RunManifest manifest, LoadedData data, Digest digest, ITrainingObserver observer)
    {
        if (manifest.DataDigest != digest)
        {
            throw new InputException(
                $"the training data has digest {digest}, but the run in {Path} was begun with {manifest.DataDigest}; give the same data with --data.");
        }

        PreparedRun run = PreparedRun.Begin(manifest.Recipe, data, digest, options.InitFrom);
        Digest? initialWeights = run.Imported is { } imported ? Digest.Of(imported.Values) : null;
        if (initialWeights != manifest.InitialWeights)
        {
            throw new InputException($"the run in {Path} was begun with other initial weights; give the same --init-from, or another folder.");
        }

        MetricsHistory.Rewind(Store, step: 0, epoch: 1);
        observer.Event($"{Path} holds a run without a checkpoint; it begins again", EventLevel.Information);
        return run;
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
        int step = checkpoint.Position.Step.Value;
        RunMark mark = RunMark.Of(MetricsHistory.Read(Store).Records);
        Earlier = new EarlierRun(step, mark, MetricsHistory.Rewind(Store, step, checkpoint.Position.Epoch).Records);
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
