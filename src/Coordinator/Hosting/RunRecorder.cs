using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Fencing;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Actors;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Training;
using Distributed.Coordinator.Web;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;
using Distributed.Protocol;
using Distributed.Protocol.Plan;

namespace Distributed.Coordinator.Hosting;

/// <summary>Writes what happens in a run to its folder, and shows it to whoever watches. Checkpoints are written in the background.</summary>
internal sealed class RunRecorder : IRunRecorder, IDisposable
{
    private readonly RunFolder _folder;
    private readonly PreparedRun _run;
    private readonly RunFacts _facts;
    private readonly RunWatch _observer;
    private readonly MetricsWriter _metrics;
    private readonly RunTensorBoard _tensorBoard;
    private readonly CheckpointWriter _checkpoints;
    private readonly StepProgressMeter _meter;
    private readonly List<EpochMetrics> _epochs;
    private double _trainingSeconds;

    internal RunRecorder(RunFolder folder, PreparedRun run, RunFacts facts, RunWatch observer)
    {
        _folder = folder;
        _run = run;
        _facts = facts;
        _observer = observer;
        _metrics = new MetricsWriter(folder.Store, text => Show(text, EventLevel.Warning));
        _tensorBoard = new RunTensorBoard(folder, run, facts, text => Show(text, EventLevel.Warning));
        _checkpoints = new CheckpointWriter(folder.Store, facts.Time, ShowCheckpoint, new CheckpointWriterOptions(Prepare: _metrics.Sync));
        _meter = new StepProgressMeter(run.Description.Schedule, run.Start, facts.Time, folder.Earlier.Mark.Seconds);
        _epochs = [.. folder.Earlier.Records.OfType<EpochMetrics>()];
    }

    /// <summary>The run's folder.</summary>
    internal FencedRunStore Store => _folder.Store;

    /// <summary>Failures of the disk so far: above 0 the run's exit code is not 0.</summary>
    internal int Failures => _metrics.Failures + _tensorBoard.Failures + _checkpoints.Failures;

    /// <summary>Every epoch recorded, those before a resume included.</summary>
    internal IReadOnlyList<EpochMetrics> Epochs => _epochs;

    /// <summary>Seconds of training proper in this process, evaluation left out.</summary>
    internal double TrainingSeconds => _trainingSeconds;

    internal void RunStarted(int workers)
    {
        if (_folder.Manifest is null)
        {
            WriteManifest();
        }

        lock (_observer)
        {
            _observer.RunStarted(Summary(workers));
        }

        if (_folder.TakenOver is { } takenOver)
        {
            Report(new RunEvent("taken_over", takenOver), _run.Start.Next.Value);
        }

        if (_run.Imported is { } imported)
        {
            Show(imported.Explanation, EventLevel.Information);
        }
    }

    public void GradientComplete(StepPosition step, GradientSum gradient) => _tensorBoard.WriteGradient(step, gradient);

    public void StepDone(in StepRecord step)
    {
        if (_meter.Count(step) is { } metrics)
        {
            _metrics.Write(metrics);
            _observer.Recorded(metrics);
            _tensorBoard.Write(metrics);
        }

        if (_meter.ProgressIsDue)
        {
            lock (_observer)
            {
                _observer.StepDone(_meter.Progress());
            }
        }
    }

    public void EpochDone(EpochSummary epoch, EpochEvaluation evaluation, TimeSpan trainingTime)
    {
        _trainingSeconds += trainingTime.TotalSeconds;
        double samplesPerSecond = _meter.SamplesSinceEpochBegan / trainingTime.TotalSeconds;
        _meter.EpochDone();
        var metrics = new EpochMetrics
        {
            Epoch = epoch.Epoch,
            Step = epoch.Step,
            TrainLoss = epoch.TrainLoss,
            TrainAccuracy = epoch.TrainAccuracy,
            ValidationLoss = evaluation.Validation?.Loss,
            ValidationAccuracy = evaluation.Validation?.Accuracy,
            TestLoss = evaluation.Test?.Loss,
            TestAccuracy = evaluation.Test?.Accuracy,
            LearningRate = epoch.LearningRate,
            Seconds = _meter.Seconds,
            SamplesPerSecond = samplesPerSecond,
            Workers = epoch.Workers,
            ValidationClassAccuracy = evaluation.Validation?.ClassAccuracy,
            TestClassAccuracy = evaluation.Test?.ClassAccuracy,
        };
        _epochs.Add(metrics);
        _metrics.Write(metrics);
        _observer.Recorded(metrics);
        _tensorBoard.Write(metrics);
        _tensorBoard.WriteWeights(epoch.Step);
        lock (_observer)
        {
            _observer.EpochDone(Shown(metrics, trainingTime));
        }
    }

    public void Checkpoint(TrainingPosition position)
    {
        _observer.Reached(position.Next.Value);
        _checkpoints.Save(new TrainingCheckpoint
        {
            Recipe = _run.Description.Recipe,
            DataDigest = _run.DataDigest,
            ProgramVersion = _facts.Version,
            Features = _run.Description.Shape.Inputs,
            Classes = _run.Description.Shape.Outputs,
            Scale = _run.Description.Scale,
            Position = PositionOf(position),
            Weights = _run.WeightsArray,
            Moments =
            [
                .. _run.Optimizer.Moments.Select(moment => new OptimizerMoment(moment.Name, moment.Values)),
                .. EarlyStoppingState.Arrays(_run.EarlyStopping),
            ],
            Powers = _run.Optimizer.Powers.ToDictionary(power => power.Name, power => power.Value),
            Extra = EarlyStoppingState.Numbers(_run.EarlyStopping),
        });
    }

    public void Report(RunEvent happened, int stepsDone)
    {
        var metrics = new EventMetrics
        {
            Step = stepsDone,
            Seconds = _meter.Seconds,
            Event = happened.Kind,
            Worker = happened.Worker?.ToString(),
            Text = happened.Text,
        };
        _metrics.Write(metrics);
        _observer.Recorded(metrics);
        _observer.Happened(happened);
        bool isUsual = happened.Kind is "worker_joined" or "no_worker_yet" or "listening" or "cluster";
        Show(happened.Text, isUsual ? EventLevel.Information : EventLevel.Warning);
    }

    public void Joined(Join join) => _observer.Joined(join);

    public void Assigned(WorkerId worker)
    {
        _meter.Dispatched();
        _observer.Activity.Assigned(worker);
    }

    public void Delivered(WorkerId worker, int microbatches) => _observer.Activity.Delivered(worker, microbatches);

    public void Heard(WorkerId worker) => _observer.Activity.Heard(worker);

    /// <summary>Everything that was recorded is on the disk, or was reported as failed, once this completes.</summary>
    internal async Task FlushAsync()
    {
        _metrics.Sync();
        await _checkpoints.CompleteAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _tensorBoard.Dispose();
    }

    private void WriteManifest()
    {
        DataOptions source = _folder.SourceFor(_facts.Options);
        var manifest = new RunManifest(_run.Description.Recipe, source, _run.DataDigest, _facts.Version, _facts.Arguments)
        {
            InitialWeights = _run.Imported is { } imported ? Digest.Of(imported.Values) : null,
        };
        try
        {
            manifest.Write(_folder.Store);
        }
        catch (Exception error) when (StoreFault.Is(error))
        {
            throw new InputException(
                $"{_folder.Store.Locate(RunManifest.FileName)} cannot be written: {error.Message} Make room, or give another folder with --run-dir.", error);
        }
    }

    /// <summary>
    /// Checkpoints report from the thread that writes them; whoever watches is told one thing at a time. Once another coordinator has the run, nothing
    /// that happens here matters.
    /// </summary>
    private void Show(string text, EventLevel level)
    {
        lock (_observer)
        {
            if (_folder.Store.SupersededBy is null)
            {
                _observer.Event(text, level);
            }
        }
    }

    private CheckpointPosition PositionOf(TrainingPosition position)
    {
        int epoch = (position.Next.Value / _run.Description.Schedule.StepsPerEpoch) + 1;
        return new CheckpointPosition(position.Next, epoch, position.Epoch.LossSum, position.Epoch.Correct, position.Epoch.Samples);
    }

    private void ShowCheckpoint(CheckpointEvent written)
    {
        if (written.Outcome is CheckpointOutcome.Failed or CheckpointOutcome.NotPruned)
        {
            Report(new RunEvent("checkpoint_failed", written.Text), written.Step.Value);
        }
    }

    private TrainingSummary Summary(int workers) => new()
    {
        Recipe = _run.Description.Recipe.Name,
        Layers = string.Join('-', [_run.Description.Shape.Inputs, .. _run.Description.Shape.Hidden, _run.Description.Shape.Outputs]),
        Parameters = _run.Description.Layout.Count,
        TrainSamples = _run.Description.TrainingSamples.Length,
        ValidationSamples = _run.Validation.Length,
        TestSamples = _run.Data.Test?.Count ?? 0,
        Workers = workers,
        Kernels = InstructionSets.Best == InstructionSet.Scalar ? "scalar" : $"{InstructionSets.Best.ToString()[^3..]}-bit",
        Epochs = _run.Description.Schedule.Epochs,
        StepsPerEpoch = _run.Description.Schedule.StepsPerEpoch,
        RunDirectory = _folder.Path,
        ResumedAtStep = _run.Start.Next.Value,
    };

    private EpochProgress Shown(EpochMetrics metrics, TimeSpan trainingTime) => new()
    {
        Epoch = metrics.Epoch,
        Epochs = _run.Description.Schedule.Epochs,
        TrainLoss = metrics.TrainLoss,
        TrainAccuracy = metrics.TrainAccuracy,
        ValidationLoss = metrics.ValidationLoss,
        ValidationAccuracy = metrics.ValidationAccuracy,
        TestLoss = metrics.TestLoss,
        TestAccuracy = metrics.TestAccuracy,
        Seconds = trainingTime.TotalSeconds,
        SamplesPerSecond = metrics.SamplesPerSecond,
    };
}
