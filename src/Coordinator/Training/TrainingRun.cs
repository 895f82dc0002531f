using Distributed.Coordinator.Membership;
using Distributed.Numerics;
using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;
using Distributed.Numerics.Ranges;
using Distributed.Protocol;
using Distributed.Protocol.Plan;

namespace Distributed.Coordinator.Training;

/// <summary>
/// The training run, from the first step to the last: plan, dispatch, collect, reduce, update, broadcast, record.
/// Pure: messages in, effects out; no clock, thread, file or socket. One caller at a time.
/// </summary>
public sealed class TrainingRun
{
    private readonly RunDescription _run;
    private readonly WeightsBuffer _weights;
    private readonly ITrainingEffects _effects;
    private readonly int _checkpointEverySteps;
    private readonly StepNumber? _pauseAfter;
    private readonly EarlyStopping? _earlyStopping;
    private readonly StepDispatch _dispatch;
    private readonly GradientReducer _reducer;
    private readonly WeightsUpdate _update;

    private Phase _phase = Phase.NotStarted;
    private TrainingPosition _position;
    private StepPosition _step;
    private StepNumber? _checkpointed;
    private bool _checkpointRequested;
    private string? _stopReason;

    private enum Phase
    {
        NotStarted,
        Stepping,
        Evaluating,
        Ended,
    }

    /// <param name="run">What is trained on what.</param>
    /// <param name="weights">The weights at <see cref="TrainingSettings.Start"/>; only this run writes them.</param>
    /// <param name="optimizer">The optimizer, its moments at <see cref="TrainingSettings.Start"/>.</param>
    /// <param name="add">The addition of two gradients.</param>
    /// <param name="effects">Carries out what the run decides.</param>
    /// <param name="settings">What does not influence the result.</param>
    /// <param name="parts">The parts it is made of; the usual ones unless given.</param>
    /// <param name="earlyStopping">As it was at <see cref="TrainingSettings.Start"/>; null where every epoch is trained.</param>
    /// <param name="crew">Who adds gradients and updates weights; the caller alone unless given.</param>
    public TrainingRun(
        RunDescription run,
        WeightsBuffer weights,
        Optimizer optimizer,
        GradientReducer.Adder add,
        ITrainingEffects effects,
        TrainingSettings settings,
        TrainingParts? parts = null,
        EarlyStopping? earlyStopping = null,
        RangeCrew? crew = null)
    {
        Check.That(weights.Values.Length == run.Layout.Count);
        Check.That(settings.Start.Next.Value >= 0);
        Check.That(settings.Start.Next.Value <= run.Schedule.TotalSteps);
        Check.That(settings.CheckpointEverySteps >= 0);
        _run = run;
        _weights = weights;
        _effects = effects;
        _position = settings.Start;
        _checkpointEverySteps = settings.CheckpointEverySteps;
        _pauseAfter = settings.PauseAfter;
        _earlyStopping = earlyStopping;
        parts ??= new TrainingParts();
        _dispatch = new StepDispatch(effects, settings.HeartbeatLimit, new AuditPlan(run.Recipe.Seed, settings.AuditFraction), parts);
        crew ??= new RangeCrew(1);
        _reducer = parts.Reducer ?? new GradientReducer(add, crew);
        _update = new WeightsUpdate(optimizer, weights, crew);
    }

    /// <summary>How far the run has come.</summary>
    public TrainingPosition Position => _position;

    /// <summary>The live workers.</summary>
    public IReadOnlyList<WorkerId> Workers => _dispatch.Workers;

    /// <summary>Publishes the weights and begins with the next step, as soon as there is a worker.</summary>
    public void Start()
    {
        Check.That(_phase == Phase.NotStarted);
        Broadcast();
        BeginNextStep();
    }

    /// <summary>A worker is there. It is used from the next step on, or at once when nobody holds what is missing.</summary>
    public void Join(WorkerId worker, LiveWorker details) => _dispatch.Join(worker, details);

    /// <summary>A worker was heard of.</summary>
    public void Heartbeat(WorkerId worker, Incarnation incarnation, TimeSpan now) => _dispatch.Heartbeat(worker, incarnation, now);

    /// <summary>A worker is gone. What it held and did not deliver goes to the others at once.</summary>
    public void Lose(WorkerId worker, Incarnation incarnation, string reason)
    {
        if (_phase != Phase.Ended)
        {
            _dispatch.Lose(worker, incarnation, reason);
            StopIfAlone();
        }
    }

    /// <summary>Time has passed. Call it a few times per second; <paramref name="now"/> never goes back.</summary>
    public void Tick(TimeSpan now)
    {
        if (_phase != Phase.Ended)
        {
            _dispatch.Tick(now);
            StopIfAlone();
        }
    }

    /// <summary>A partial arrived. The run owns it from now on.</summary>
    public void Collect(Partial partial)
    {
        if (_phase == Phase.Stepping)
        {
            Count(_dispatch.Accept(partial));
        }
        else
        {
            partial.Return();
        }
    }

    /// <summary>The answer to <see cref="ITrainingEffects.Arbitrate"/>. The run owns it from now on.</summary>
    public void Arbitrated(Partial partial)
    {
        if (_phase == Phase.Stepping)
        {
            Count(_dispatch.AcceptOwn(partial));
        }
        else
        {
            partial.Return();
        }
    }

    private void Count(Partial? partial)
    {
        if (_dispatch.MustRestart)
        {
            _reducer.Begin(_step.Microbatches.Count);
            _dispatch.Restart();
        }

        if (partial is null)
        {
            return;
        }

        GradientSum? sum = _reducer.Add(partial);
        Check.That(sum is not null == _dispatch.IsComplete);
        if (sum is not null)
        {
            Update(sum);
        }
    }

    /// <summary>The answer to <see cref="ITrainingEffects.Evaluate"/>.</summary>
    /// <param name="validation">Of the validation samples; null where there are none.</param>
    public void EvaluationDone(Evaluation? validation = null)
    {
        if (_phase == Phase.Ended)
        {
            return;
        }

        Check.That(_phase == Phase.Evaluating);
        if (_earlyStopping is not null && validation is not null)
        {
            _earlyStopping.Observe(_position.Next.Value / _run.Schedule.StepsPerEpoch, validation, _weights.Values);
        }

        Checkpoint();
        BeginNextStep();
    }

    /// <summary>Stop after the open step, with a checkpoint; at once when no worker is there to finish it.</summary>
    public void Stop(string reason)
    {
        _stopReason ??= reason;
        StopIfAlone();
    }

    /// <summary>Take a checkpoint after the open step and go on.</summary>
    public void RequestCheckpoint() => _checkpointRequested = true;

    /// <summary>The run cannot go on.</summary>
    public void Fail(string reason)
    {
        if (_phase != Phase.Ended)
        {
            _phase = Phase.Ended;
            _effects.End(RunEnd.Failed, reason);
        }
    }

    private void BeginNextStep()
    {
        if (_position.Next.Value == _run.Schedule.TotalSteps)
        {
            Complete("every step is done");
        }
        else if (_earlyStopping is { ShouldStop: true } stopping)
        {
            _effects.Report(new RunEvent("early_stop", $"stopped early after step {_position.Next.Value}: {stopping.Reason}"));
            Complete(stopping.Reason);
        }
        else if (_stopReason is not null || PauseIsDue())
        {
            EndStopped();
        }
        else
        {
            _phase = Phase.Stepping;
            _step = _run.Schedule.At(_position.Next);
            _reducer.Begin(_step.Microbatches.Count);
            _dispatch.Open(_step);
        }
    }

    /// <summary>With early stopping the result is the best epoch's weights. The last checkpoint holds those of the last epoch beside them.</summary>
    private void Complete(string reason)
    {
        _phase = Phase.Ended;
        if (_earlyStopping is { BestEpoch: > 0 } stopping)
        {
            _weights.BeginWrite();
            stopping.BestWeights.CopyTo(_weights.Values);
        }

        _effects.End(RunEnd.Completed, reason);
    }

    private void Update(GradientSum gradient)
    {
        PartialStatistics statistics = gradient.Statistics;
        Check.That(statistics.Samples == _step.SampleCount);
        float learningRate = _run.LearningRates.At(_step);
        _effects.GradientComplete(_step, gradient);
        _weights.BeginWrite();
        int notFiniteAt = _update.Run(gradient, _step.SampleCount, learningRate);
        if (notFiniteAt >= 0)
        {
            Fail(NotFiniteSentence(gradient, notFiniteAt));
            gradient.Return();
            return;
        }

        gradient.Return();
        _position = new TrainingPosition(_step.Step.Next, PartialStatistics.Combine(_position.Epoch, statistics));
        Broadcast();
        Record(statistics, learningRate);
    }

    private void Broadcast()
    {
        var version = new WeightsVersion(_position.Next.Value);
        _weights.EndWrite(version);
        _effects.Publish(version);
    }

    private void Record(PartialStatistics statistics, float learningRate)
    {
        _effects.StepDone(new StepRecord(_step, statistics, learningRate, Workers.Count));
        if (_run.Schedule.EndsEpoch(_step.Step))
        {
            var summary = new EpochSummary(_step.Epoch + 1, _position.Next.Value, _position.Epoch, learningRate, Workers.Count);
            _position = _position with { Epoch = default };
            _phase = Phase.Evaluating;
            _effects.Evaluate(summary);
            return;
        }

        if (CheckpointIsDue())
        {
            Checkpoint();
        }

        BeginNextStep();
    }

    private bool CheckpointIsDue() =>
        _checkpointRequested || (_checkpointEverySteps > 0 && _position.Next.Value % _checkpointEverySteps == 0);

    private bool PauseIsDue() => _pauseAfter is { } step && _position.Next.Value >= step.Value;

    private void Checkpoint()
    {
        _checkpointRequested = false;
        if (_checkpointed != _position.Next)
        {
            _checkpointed = _position.Next;
            _effects.Checkpoint(_position);
        }
    }

    /// <summary>A stop that was asked for cannot wait for a step that nobody computes.</summary>
    private void StopIfAlone()
    {
        if (_stopReason is not null && _phase == Phase.Stepping && Workers.Count == 0)
        {
            EndStopped();
        }
    }

    private void EndStopped()
    {
        _phase = Phase.Ended;
        Checkpoint();
        _effects.End(RunEnd.Stopped, _stopReason ?? $"paused after step {_position.Next.Value}");
    }

    private string NotFiniteSentence(GradientSum gradient, int at)
    {
        (WorkerId worker, float value) = gradient.NotFinite(at);
        ParameterTensor tensor = _run.Layout.Tensors.Last(t => t.Offset <= at);
        return $"step {_step.Step.Value}: the gradient of {tensor.Name} from {worker} has {value} at element {at - tensor.Offset}; "
            + "lower --learning-rate or look for extreme values in the data. The last checkpoint is kept.";
    }
}
