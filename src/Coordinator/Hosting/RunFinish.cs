using Distributed.Coordinator.Actors;
using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Training;
using Distributed.Protocol;

namespace Distributed.Coordinator.Hosting;

/// <summary>What is left to do when the last step is done: the model, the curves, the report, the outcome.</summary>
internal sealed class RunFinish(RunFolder folder, PreparedRun run, RunRecorder recorder, ITrainingObserver observer, string version)
{
    internal async Task<TrainingOutcome> CompleteAsync(RunResult result)
    {
        await recorder.FlushAsync().ConfigureAwait(false);
        switch (result.End)
        {
            case RunEnd.Stopped:
                return new TrainingOutcome { ExitCode = recorder.Failures == 0 ? ExitCode.Interrupted : ExitCode.Failed, RunDirectory = folder.Path };
            case RunEnd.Failed:
                observer.Event(result.Reason, EventLevel.Error);
                return new TrainingOutcome { ExitCode = ExitCode.Failed, RunDirectory = folder.Path };
            default:
                bool written = WriteFiles();
                return new TrainingOutcome
                {
                    ExitCode = written && recorder.Failures == 0 ? ExitCode.Done : ExitCode.Failed,
                    RunDirectory = folder.Path,
                    TestAccuracy = recorder.Epochs.Count > 0 ? recorder.Epochs[^1].TestAccuracy : null,
                    WeightsDigest = Digest.Of(run.WeightsArray).Hex,
                };
        }
    }

    private bool WriteFiles()
    {
        try
        {
            var model = new TrainedModel(run.Description.Shape, run.Description.Scale, run.WeightsArray, run.Description.Recipe.Name);
            ModelFile.Write(folder.Store, ModelFile.Name, model, version);
            return true;
        }
        catch (Exception error) when (StoreFault.Is(error))
        {
            observer.Event($"{folder.Store.Locate(ModelFile.Name)} could not be written: {error.Message} The last checkpoint holds the same weights.", EventLevel.Error);
            return false;
        }
    }
}
