using Distributed.Coordinator.Actors;
using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Reports;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Training;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Hosting;

/// <summary>What is left to do when the last step is done: the model, the curves, the report, the outcome.</summary>
internal sealed class RunFinish(RunFolder folder, PreparedRun run, RunRecorder recorder, ITrainingObserver observer, RunFacts facts)
{
    private RunReportFiles Reports => new(folder.Store, text => Tell(text, EventLevel.Warning));

    internal async Task<TrainingOutcome> CompleteAsync(RunResult result)
    {
        await recorder.FlushAsync().ConfigureAwait(false);
        TrainingOutcome outcome = Conclude(result);
        if (folder.Store.SupersededBy is { } sentence)
        {
            observer.Event(sentence, EventLevel.Error);
            return Failed() with { IsSuperseded = true };
        }

        return outcome;
    }

    private TrainingOutcome Conclude(RunResult result)
    {
        switch (result.End)
        {
            case RunEnd.Stopped:
                Reports.WriteCurves(recorder.Epochs);
                return new TrainingOutcome { ExitCode = recorder.Failures == 0 ? ExitCode.Interrupted : ExitCode.Failed, RunDirectory = folder.Path };
            case RunEnd.Failed:
                Tell(result.Reason, EventLevel.Error);
                return Failed();
            default:
                bool written = WriteModel() & WriteReport();
                return new TrainingOutcome
                {
                    ExitCode = written && recorder.Failures == 0 ? ExitCode.Done : ExitCode.Failed,
                    RunDirectory = folder.Path,
                    TestAccuracy = run.ResultEpoch(recorder.Epochs)?.TestAccuracy,
                    WeightsDigest = Digest.Of(run.WeightsArray).Hex,
                };
        }
    }

    private TrainingOutcome Failed() => new() { ExitCode = ExitCode.Failed, RunDirectory = folder.Path };

    /// <summary>Once another coordinator has the run, nothing that fails here matters but that.</summary>
    private void Tell(string text, EventLevel level)
    {
        if (folder.Store.SupersededBy is null)
        {
            observer.Event(text, level);
        }
    }

    private bool WriteModel()
    {
        try
        {
            ModelFile.Write(folder.Store, ModelFile.Name, Model(), facts.Version);
            return true;
        }
        catch (Exception error) when (StoreFault.Is(error))
        {
            string where = folder.Store.Locate(ModelFile.Name);
            Tell($"{where} could not be written: {error.Message} The last checkpoint holds the same weights.", EventLevel.Error);
            return false;
        }
    }

    private bool WriteReport() => Reports.Write(new RunReport
    {
        Recipe = run.Description.Recipe,
        Shape = run.Description.Shape,
        WeightsDigest = Digest.Of(run.WeightsArray),
        DataName = folder.SourceFor(facts.Options).Data,
        DataDigest = run.DataDigest,
        TrainSamples = run.Description.TrainingSamples.Length,
        ValidationSamples = run.Validation.Length,
        TestSamples = run.Data.Test?.Count ?? 0,
        ProgramVersion = facts.Version,
        CommandLine = facts.Arguments,
        History = MetricsHistory.Read(folder.Store),
        ResultEpoch = run.ResultEpoch(recorder.Epochs),
        Reading = Reading(),
    });

    /// <summary>Of the test samples; without any, of those held out.</summary>
    private SampleReading? Reading()
    {
        if (run.Data.Test is { } test)
        {
            return Read(test, "test samples");
        }

        return run.Validation.Length > 0 ? Read(DatasetPart.Of(run.Data.Train, run.Validation), "validation samples") : null;
    }

    private SampleReading Read(Dataset samples, string name) =>
        SampleReading.Of(new TrainedClassifier(Model(), facts.Cores), run.Description.Shape.Outputs, samples, name);

    private TrainedModel Model() => new(run.Description.Shape, run.Description.Scale, run.WeightsArray, run.Description.Recipe.Name);
}
