using Akka.Actor;
using Distributed.Coordinator.Membership;
using Distributed.Coordinator.Training;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;
using Distributed.Protocol.Plan;

namespace Distributed.Coordinator.Actors;

/// <summary>
/// The mailbox around <see cref="TrainingRun"/>: turns messages into calls of it, and its effects into messages, recordings and background work.
/// </summary>
public sealed class CoordinatorActor : ReceiveActor, ITrainingEffects, IWithTimers
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>After a longer gap between ticks this process itself was stopped, and its workers' silence proves nothing.</summary>
    private static readonly TimeSpan GapMax = TimeSpan.FromSeconds(1);

    private readonly TrainingRun _run;
    private readonly Func<EpochEvaluation> _evaluate;
    private readonly Func<StepNumber, MicrobatchRange, Partial> _arbitrate;
    private readonly IRunRecorder _recorder;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource<RunResult> _result;
    private readonly Dictionary<WorkerId, IActorRef> _workers = [];
    private readonly Dictionary<IActorRef, Join> _joins = [];
    private readonly AssignmentPool _assignments = new();
    private readonly Dictionary<WorkerId, Incarnation> _lives = [];
    private readonly Action<WeightsVersion> _publish;
    private readonly bool _othersMayJoin;
    private readonly long _started;
    private TimeSpan _lastTick;
    private long? _epochStarted;

    /// <param name="createRun">Makes the run, given where its effects go.</param>
    /// <param name="evaluate">Evaluates the current weights; called off the actor's thread while no step is open.</param>
    /// <param name="arbitrate">Computes a partial in this process; called off the actor's thread, one call at a time.</param>
    /// <param name="recorder">Keeps metrics and checkpoints.</param>
    /// <param name="time">The clock of the metrics.</param>
    /// <param name="result">Completed once, when the run has ended.</param>
    /// <param name="publish">Makes a new version of the weights known to workers that do not read the weights buffer itself.</param>
    /// <param name="othersMayJoin">False when a run without workers has no hope.</param>
    public CoordinatorActor(
        Func<ITrainingEffects, TrainingRun> createRun,
        Func<EpochEvaluation> evaluate,
        Func<StepNumber, MicrobatchRange, Partial> arbitrate,
        IRunRecorder recorder,
        TimeProvider time,
        TaskCompletionSource<RunResult> result,
        Action<WeightsVersion> publish,
        bool othersMayJoin)
    {
        _run = createRun(this);
        _evaluate = evaluate;
        _arbitrate = arbitrate;
        _recorder = recorder;
        _time = time;
        _result = result;
        _publish = publish;
        _othersMayJoin = othersMayJoin;
        _started = time.GetTimestamp();
        Receive<Partial>(HandlePartial);
        Receive<Join>(HandleJoin);
        Receive<Heartbeat>(HandleHeartbeat);
        Receive<Tick>(_ => HandleTick());
        Receive<Leave>(leave => _run.Lose(leave.Worker, leave.Incarnation, leave.Reason));
        Receive<WorkerFailed>(HandleWorkerFailed);
        Receive<Terminated>(HandleTerminated);
        Receive<Evaluated>(HandleEvaluated);
        Receive<Arbitrated>(arbitrated => _run.Arbitrated(arbitrated.Partial));
        Receive<Status.Failure>(failure => _run.Fail($"evaluation or audit failed: {failure.Cause}"));
        Receive<FailRun>(fail => _run.Fail(fail.Reason));
        Receive<Notice>(notice => _recorder.Report(notice.Happened, _run.Position.Next.Value));
        Receive<SaveCheckpoint>(_ => _run.RequestCheckpoint());
        Receive<Probe>(probe => probe.Answer.TrySetResult(probe));
        Receive<StopRun>(stop => _run.Stop(stop.Reason));
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(_started);

    void ITrainingEffects.Assign(WorkerId worker, Assignment assignment)
    {
        _epochStarted ??= _time.GetTimestamp();
        _recorder.Assigned(worker);
        _workers[worker].Tell(_assignments.Rent(assignment), Self);
    }

    void ITrainingEffects.Publish(WeightsVersion version) => _publish(version);

    void ITrainingEffects.GradientComplete(StepPosition step, GradientSum gradient) => _recorder.GradientComplete(step, gradient);

    void ITrainingEffects.Arbitrate(StepNumber step, MicrobatchRange node) =>
        Task.Run(() => new Arbitrated(_arbitrate(step, node))).PipeTo(Self);

    void ITrainingEffects.Dismiss(WorkerId worker, string reason)
    {
        if (_workers.TryGetValue(worker, out IActorRef? dismissed))
        {
            dismissed.Tell(new RunOver(reason, IsQuarantine: true), Self);
            _joins.Remove(dismissed);
        }
    }

    void ITrainingEffects.StepDone(in StepRecord step) => _recorder.StepDone(step);

    void ITrainingEffects.Evaluate(EpochSummary epoch)
    {
        TimeSpan trainingTime = _time.GetElapsedTime(_epochStarted!.Value);
        _epochStarted = null;
        Task.Run(() => new Evaluated(epoch, trainingTime, _evaluate())).PipeTo(Self);
    }

    void ITrainingEffects.Checkpoint(TrainingPosition position) => _recorder.Checkpoint(position);

    void ITrainingEffects.Report(RunEvent happened) => _recorder.Report(happened, _run.Position.Next.Value);

    void ITrainingEffects.End(RunEnd end, string reason)
    {
        var over = new RunOver(reason);
        foreach (IActorRef worker in _workers.Values)
        {
            worker.Tell(over, Self);
        }

        _result.TrySetResult(new RunResult(end, reason));
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, TickInterval);
        _run.Start();
    }

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message)
    {
        // A bug in the run itself: no restart can know what was half done. The checkpoint on disk does.
        _result.TrySetException(reason);
        base.PreRestart(reason, message);
    }

    private void HandlePartial(Partial partial)
    {
        _recorder.Delivered(partial.Worker, partial.Node.Count);
        _run.Collect(partial);
    }

    private void HandleHeartbeat(Heartbeat heartbeat)
    {
        _recorder.Heard(heartbeat.Worker);
        _run.Heartbeat(heartbeat.Worker, heartbeat.Incarnation, Now);
    }

    private void HandleJoin(Join join)
    {
        if (_lives.TryGetValue(join.Worker, out Incarnation known) && known.Value > join.Incarnation.Value)
        {
            Sender.Tell(new Dismiss("a later life of this worker has joined"), Self);
            return;
        }

        _lives[join.Worker] = join.Incarnation;
        _recorder.Joined(join);
        _workers[join.Worker] = Sender;
        _joins[Sender] = join;
        Context.Watch(Sender);
        _run.Join(join.Worker, new LiveWorker(join.Incarnation, join.Name, join.SendsHeartbeats ? Now : null));
    }

    private void HandleTick()
    {
        TimeSpan now = Now;
        if (now - _lastTick > GapMax)
        {
            foreach (Join join in _joins.Values.Where(join => join.SendsHeartbeats))
            {
                _run.Heartbeat(join.Worker, join.Incarnation, now);
            }
        }

        _lastTick = now;
        _run.Tick(now);
        DismissLost();
    }

    /// <summary>A worker that was given up and is there all the same must not wait for work that never comes.</summary>
    private void DismissLost()
    {
        foreach ((IActorRef worker, Join join) in _joins)
        {
            if (join.SendsHeartbeats && !_run.Workers.Contains(join.Worker))
            {
                worker.Tell(new Dismiss("it was silent for too long; it may join again"), Self);
            }
        }
    }

    private void HandleWorkerFailed(WorkerFailed failed)
    {
        _recorder.Report(new RunEvent("worker_failed", $"{failed.Worker} failed: {failed.Details}", failed.Worker), _run.Position.Next.Value);
        _run.Lose(failed.Worker, failed.Incarnation, failed.Message);
        if (_run.Workers.Count == 0 && !_othersMayJoin)
        {
            _run.Fail($"every worker of this process failed; the last one with: {failed.Message}");
        }
    }

    private void HandleTerminated(Terminated terminated)
    {
        if (_joins.Remove(terminated.ActorRef, out Join? join))
        {
            _run.Lose(join.Worker, join.Incarnation, "it stopped");
        }
    }

    private void HandleEvaluated(Evaluated done)
    {
        _recorder.EpochDone(done.Epoch, done.Evaluation, done.TrainingTime);
        _run.EvaluationDone(done.Evaluation.Validation);
    }

    private sealed record Arbitrated(Partial Partial);

    private sealed record Evaluated(EpochSummary Epoch, TimeSpan TrainingTime, EpochEvaluation Evaluation);
}
