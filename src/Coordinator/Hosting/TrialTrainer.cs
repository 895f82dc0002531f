using Distributed.Coordinator.Actors;
using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Training;
using Distributed.Coordinator.Tuning;
using Distributed.Coordinator.Web;
using Distributed.Numerics.Models;
using Distributed.Numerics.Ranges;
using Distributed.Protocol;

namespace Distributed.Coordinator.Hosting;

/// <summary>Loads samples for tunings.</summary>
/// <param name="mnist">Finds the data that comes with the program.</param>
/// <param name="time">The clock.</param>
/// <param name="cores">Cores this process may use.</param>
/// <param name="version">The program's version, for the runs' files.</param>
public sealed class TrialSource(MnistLocator mnist, TimeProvider time, int cores, string version) : ITrialSource
{
    /// <inheritdoc/>
    public ITrialTrainer Load(DataOptions data) => new TrialTrainer(new DataLoader(mnist).Load(data), data, time, cores, version);
}

/// <summary>
/// Trains trials as runs of this process, all on the same samples in memory. A trial never sees the test samples. One that was stopped or paused goes
/// on from its newest checkpoint; one that has none begins again, and comes to the same bytes.
/// </summary>
internal sealed class TrialTrainer(LoadedData data, DataOptions source, TimeProvider time, int cores, string version) : ITrialTrainer
{
    private readonly LoadedData _untested = data with { Test = null };

    /// <inheritdoc/>
    public Digest DataDigest { get; } = data.Train.ComputeDigest();

    /// <inheritdoc/>
    public int Samples => data.Train.Count;

    /// <inheritdoc/>
    public async Task<TrialResult?> TrainAsync(TrialWork work, ITrainingObserver observer, CancellationToken stop)
    {
        var options = new TrainOptions
        {
            Recipe = work.Trial.Recipe,
            Data = source.Data,
            TestData = source.TestData,
            LabelColumn = source.LabelColumn,
            Workers = work.Workers,
            SingleProcess = true,
            RunDirectory = work.Folder,
        };
        try
        {
            await using RunFolder folder = FolderOf(work);
            PreparedRun run = await folder.PrepareAsync(options, _untested, DataDigest, observer, time, stop).ConfigureAwait(false);
            var facts = new RunFacts(version, work.Arguments, options, work.Workers, time);
            return await TrainAsync(work, folder, run, facts, observer, stop).ConfigureAwait(false);
        }
        catch (InputException refused) when (refused.InnerException is not { } cause || !StoreFault.Is(cause))
        {
            return Failed(work, 0, refused.Message);
        }
    }

    /// <inheritdoc/>
    public double? TestAccuracy(string folder)
    {
        if (data.Test is not { } test)
        {
            return null;
        }

        TrainedModel model = ModelFile.Read(new FolderRunStore(folder), ModelFile.Name);
        PartialStatistics sums = new TrainedClassifier(model, cores).Evaluate(test);
        return (double)sums.Correct / sums.Samples;
    }

    private static RunFolder FolderOf(TrialWork work)
    {
        var store = new FolderRunStore(work.Folder);
        if (store.Exists(RunManifest.FileName) && new CheckpointCatalog(store).FindNewest().Checkpoint is { } checkpoint && LeadsTo(work, checkpoint))
        {
            return RunFolder.Existing(work.Folder);
        }

        if (Directory.Exists(work.Folder))
        {
            Directory.Delete(work.Folder, recursive: true);
        }

        return RunFolder.New(work.Folder, work.Trial.Recipe.Name);
    }

    /// <summary>False for a checkpoint of something else, or from behind the place where the work ends.</summary>
    private static bool LeadsTo(TrialWork work, TrainingCheckpoint checkpoint)
    {
        int epochs = checkpoint.Position.Epoch - 1;
        bool isBefore = epochs < work.Epochs || (epochs == work.Epochs && checkpoint.Position.Samples == 0);
        return isBefore && RecipeJson.Write(checkpoint.Recipe) == RecipeJson.Write(work.Trial.Recipe);
    }

    private async Task<TrialResult?> TrainAsync(
        TrialWork work, RunFolder folder, PreparedRun run, RunFacts facts, ITrainingObserver observer, CancellationToken stop)
    {
        var watch = new RunWatch(
            observer, run.Description.Recipe, run.Description.Schedule, run.Description.TrainingSamples.Length, folder.Earlier, time);
        using var recorder = new RunRecorder(folder, run, facts, watch);
        recorder.RunStarted(work.Workers);
        var crew = new RangeCrew(work.Workers);
        var settings = new TrainingSettings
        {
            Start = run.Start,
            PauseAfter = new StepNumber(checked(work.Epochs * run.Description.Schedule.StepsPerEpoch)),
        };
        await using var workers = new InProcessWorkers(run, crew, work.Workers);
        RunResult ended = await new RunActors(run, settings, crew, recorder, time, recorder.Store).RunAsync(workers, _ => { }, stop).ConfigureAwait(false);
        return await ResultAsync(work, ended, new RunFinish(folder, run, recorder, observer, facts), run, recorder).ConfigureAwait(false);
    }

    private static async Task<TrialResult?> ResultAsync(TrialWork work, RunResult ended, RunFinish finish, PreparedRun run, RunRecorder recorder)
    {
        int epochs = recorder.Epochs.Count == 0 ? 0 : recorder.Epochs[^1].Epoch;
        if (ended.End == RunEnd.Failed)
        {
            await recorder.FlushAsync().ConfigureAwait(false);
            return Failed(work, epochs, ended.Reason);
        }

        TrainingOutcome outcome = await finish.CompleteAsync(ended).ConfigureAwait(false);
        if (outcome.ExitCode == ExitCode.Failed)
        {
            throw new IOException($"the files of trial {work.Trial.Number} in {work.Folder} could not all be written");
        }

        bool isComplete = ended.End == RunEnd.Completed;
        if (!isComplete && epochs < work.Epochs)
        {
            return null;
        }

        EpochMetrics reached = run.ResultEpoch(recorder.Epochs)!;
        return reached is { ValidationLoss: { } loss, ValidationAccuracy: { } accuracy } && double.IsFinite(loss)
            ? new TrialResult
            {
                Trial = work.Trial.Number,
                Rung = work.Rung,
                Epochs = epochs,
                ValidationLoss = loss,
                ValidationAccuracy = accuracy,
                IsComplete = isComplete,
                WeightsDigest = Digest.Of(run.WeightsArray).Hex,
            }
            : Failed(work, epochs - 1, FormattableString.Invariant($"the validation loss is {reached.ValidationLoss} after epoch {reached.Epoch}"));
    }

    private static TrialResult Failed(TrialWork work, int epochs, string reason) =>
        new() { Trial = work.Trial.Number, Rung = work.Rung, Epochs = epochs, Failure = reason };
}
