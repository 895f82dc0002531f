using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Hosting;
using Distributed.Coordinator.Membership;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Training;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;
using Distributed.Protocol.Plan;
using Distributed.Simulation.Disk;
using Distributed.Simulation.Engine;
using Distributed.Simulation.Faults;
using Distributed.Simulation.Network;

namespace Distributed.Simulation.Coordinators;

/// <summary>
/// The simulated twin of the coordinator's process around the product's own <see cref="TrainingRun"/>: one life of it, from reading the newest checkpoint
/// to the end of the run or its own.
/// </summary>
internal sealed class SimulatedCoordinator : ITrainingEffects
{
    private const string Name = "coordinator";

    private readonly World _world;
    private readonly SimulatedDisk _disk;
    private readonly PreparedRun _prepared;
    private readonly CheckpointWriter _checkpoints;
    private readonly PartialPool _pool;
    private readonly SortedDictionary<WorkerId, Link> _links = [];
    private readonly List<Link> _streams = [];
    private readonly ObservedReducer _reducer;
    private readonly TimeSpan _startedAt;
    private readonly TimeSpan _clockAtStart;
    private readonly InstructionSet _width;
    private TimeSpan _pausedUntil;
    private bool _isDisputed;
    private bool _isArbitrated;

    internal SimulatedCoordinator(World world, SimulatedDisk disk)
    {
        _world = world;
        _disk = disk;
        _startedAt = world.Now;
        _clockAtStart = world.Dice.Between(TimeSpan.Zero, TimeSpan.FromDays(30));
        _prepared = Prepare(world.Protocol.StoreOver(disk.Store));
        IRunStore store = world.Protocol.StoreOver(disk.Store);
        var scheduler = new VirtualScheduler(world.Loop, WriteDelay, () => IsAlive, Wrote);
        _checkpoints = new CheckpointWriter(store, new VirtualTime(world.Loop), TakeCheckpointEvent, scheduler: scheduler);
        _pool = new PartialPool(world.Problem.Run.Layout.Count);
        _width = world.Dice.Pick(InstructionSets.Supported);
        GradientReducer.Adder add = (left, right, sum) => VectorOperations.Sum(_width, left, right, sum);
        _reducer = new ObservedReducer(world.Protocol.ReducerWith(add));
        var settings = new TrainingSettings
        {
            Start = _prepared.Start,
            CheckpointEverySteps = world.Faults.CheckpointEverySteps,
            HeartbeatLimit = Timing.HeartbeatLimit,
            AuditFraction = world.Protocol.AuditFraction(world.Faults.Audit),
        };
        TrainingParts parts = world.Protocol.Parts() with { Reducer = _reducer };
        Run = new TrainingRun(_prepared.Description, _prepared.Weights, _prepared.Optimizer, add, this, settings, parts);
    }

    internal TrainingRun Run { get; }

    internal bool IsAlive { get; private set; } = true;

    internal bool HasEnded { get; private set; }

    internal RunEnd End { get; private set; }

    /// <summary>An epoch is being evaluated: no step is open.</summary>
    internal bool IsEvaluating { get; private set; }

    internal int StepsDone => Run.Position.Next.Value;

    /// <summary>This process's monotonic clock: another zero, perhaps another speed.</summary>
    internal TimeSpan Clock => _clockAtStart + ((_world.Now - _startedAt) * _world.Faults.ClockRate);

    internal bool HasPendingWrite => !_checkpoints.CompleteAsync().IsCompleted;

    internal void Start()
    {
        _world.Checks.Started(_prepared.Start.Next.Value, _prepared.WeightsArray);
        Handle(Run.Start);
        Tick();
    }

    internal void Pause(TimeSpan until)
    {
        _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
        _world.Journal.Note(Name, "pauses", $"until {until.TotalSeconds:F3} s");
    }

    /// <summary>The process is gone.</summary>
    internal void Die()
    {
        IsAlive = false;
        foreach (Link link in _streams)
        {
            link.CoordinatorDied();
        }
    }

    /// <summary>A worker's stream reached this process; what it says is another matter.</summary>
    internal void Accept(Link link) => _streams.Add(link);

    /// <summary>One message of the mailbox.</summary>
    internal void Handle(Action message)
    {
        if (!IsAlive)
        {
            return;
        }

        if (_world.Now < _pausedUntil)
        {
            _world.Loop.At(_pausedUntil, () => Handle(message));
            return;
        }

        message();
    }

    internal void TakeJoin(Link link)
    {
        WorkerId id = link.Worker.Id;
        if (_links.TryGetValue(id, out Link? known))
        {
            if (known.Life.Value >= link.Life.Value)
            {
                _world.Coverage.Saw(Probe.OldJoinIgnored);
                return;
            }

            _world.Coverage.Saw(Probe.RejoinedBeforeItWasMissed);
        }

        _links[id] = link;
        SendWeights(link, TensorMessage.Of(_prepared.Weights.Values));
        Run.Join(id, new LiveWorker(link.Life, $"simulated {id.Value}", Clock));
    }

    internal void TakeHeartbeat(Link link) => Run.Heartbeat(link.Worker.Id, link.Life, Clock);

    internal void LinkLost(Link link, string reason) => Run.Lose(link.Worker.Id, link.Life, reason);

    internal void TakePartial(Link link, PartialMessage message)
    {
        if (!_world.Protocol.AcceptsCorruptTensors && !message.Gradient.IsIntact)
        {
            _world.Coverage.Saw(Probe.CorruptPartialRefused);
            Run.Lose(message.Worker, message.Life, "its tensor's checksum is wrong");
            return;
        }

        Partial partial = _pool.Rent();
        partial.Address(message.Worker, message.Life, message.Step, message.Node);
        partial.Statistics = message.Statistics;
        message.Gradient.Values.CopyTo(partial.Gradient);
        _world.Checks.Audit.Arriving(message, this, isCurrent: link == _links.GetValueOrDefault(message.Worker));
        bool isCurrent = link == _links.GetValueOrDefault(message.Worker);
        int counted = _reducer.Counted;
        Run.Collect(partial);
        if (_reducer.Counted == counted)
        {
            _world.Coverage.Saw(isCurrent ? Probe.PartialNotCounted : Probe.PartialOfAnotherLife);
        }

        SimulationFailure.Unless(isCurrent || _reducer.Counted == counted, $"a partial of {message.Worker}'s {message.Life} is counted, which is over");
    }

    void ITrainingEffects.Assign(WorkerId worker, Assignment assignment)
    {
        Link link = _links[worker];
        link.ToWorker("assignment", () => link.Worker.TakeAssignment(assignment));
    }

    void ITrainingEffects.Publish(WeightsVersion version)
    {
        TensorMessage weights = TensorMessage.Of(_prepared.Weights.Values);
        foreach (Link link in _links.Values)
        {
            SendWeights(link, weights);
        }
    }

    void ITrainingEffects.Arbitrate(StepNumber step, MicrobatchRange node)
    {
        _isArbitrated = true;
        _world.Coverage.Saw(Probe.CoordinatorArbitrated);
        _world.Journal.Note(Name, "arbitrates", $"{step} microbatch {node}");
        _world.Loop.After(_world.Faults.MicrobatchTime, () => Handle(() =>
        {
            Partial own = _pool.Rent();
            own.Address(new WorkerId(0), new Incarnation(0), step, node);
            _world.Problem.Computation(_width).Compute(own, _prepared.Weights.Values);
            Run.Arbitrated(own);
        }));
    }

    void ITrainingEffects.Dismiss(WorkerId worker, string reason)
    {
        if (_links.TryGetValue(worker, out Link? link))
        {
            link.ToWorker("run over", link.Worker.TakeRunOver);
        }
    }

    void ITrainingEffects.GradientComplete(StepPosition step, GradientSum gradient)
    {
        // Histograms are for people; nothing here looks at them.
    }

    void ITrainingEffects.StepDone(in StepRecord step)
    {
        (_isDisputed, _isArbitrated) = (false, false);
        _world.Journal.Note(Name, "step done", $"{step.Position.Step}");
        _world.Checks.StepDone(step, _prepared.WeightsArray, this);
        if (step.Workers == 0)
        {
            _world.Coverage.Saw(Probe.StepDoneWithNobodyLeft);
        }
    }

    void ITrainingEffects.Evaluate(EpochSummary epoch)
    {
        IsEvaluating = true;
        _world.Loop.After(_world.Dice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(1)), () => Handle(() =>
        {
            IsEvaluating = false;
            Run.EvaluationDone();
        }));
    }

    void ITrainingEffects.Checkpoint(TrainingPosition position) => _checkpoints.Save(new TrainingCheckpoint
    {
        Recipe = _prepared.Description.Recipe,
        DataDigest = _prepared.DataDigest,
        ProgramVersion = "simulated",
        Features = _prepared.Description.Shape.Inputs,
        Classes = _prepared.Description.Shape.Outputs,
        Scale = _prepared.Description.Scale,
        Position = new CheckpointPosition(
            position.Next,
            (position.Next.Value / _prepared.Description.Schedule.StepsPerEpoch) + 1,
            position.Epoch.LossSum,
            position.Epoch.Correct,
            position.Epoch.Samples),
        Weights = _prepared.WeightsArray,
        Moments = _world.Protocol.Saved(_prepared.Optimizer.Moments).Select(moment => new OptimizerMoment(moment.Name, moment.Values)).ToArray(),
        Powers = _prepared.Optimizer.Powers.ToDictionary(power => power.Name, power => power.Value),
    });

    void ITrainingEffects.Report(RunEvent happened)
    {
        _world.Journal.Note(Name, happened.Kind, new JournalText(happened.Text));
        _world.Checks.Reported(happened, this);
        _world.Coverage.Saw(happened.Kind);
        SawAudit(happened.Kind);
        if (happened.Text.Contains("no heartbeat", StringComparison.Ordinal))
        {
            _world.Coverage.Saw(Probe.WorkerMissedByHeartbeatsAlone);
        }

        if (happened.Kind == "worker_lost" && _links.Remove(happened.Worker!.Value, out Link? link))
        {
            link.CloseByCoordinator("given up by the coordinator");
        }
    }

    void ITrainingEffects.End(RunEnd end, string reason)
    {
        _world.Journal.Note(Name, "run ended", $"{end}: {reason}");
        HasEnded = true;
        End = end;
        foreach (Link link in _links.Values)
        {
            link.ToWorker("run over", link.Worker.TakeRunOver);
        }
    }

    private void SawAudit(string kind)
    {
        if (kind == "worker_quarantined" && !_isArbitrated)
        {
            _world.Coverage.Saw(_isDisputed ? Probe.ThirdWorkerDecided : Probe.LateWrongAnswerNoticed);
        }

        _isDisputed |= kind == "bits_differ";
    }

    private void SendWeights(Link link, TensorMessage weights)
    {
        bool isCorrupted = _world.IsFaulty && _world.Dice.Chance(_world.Faults.Corrupted);
        TensorMessage sent = isCorrupted ? weights.WithFlippedBit(_world.Dice.Below(1 << 20)) : weights;
        var version = new WeightsVersion(StepsDone);
        link.ToWorker("weights", () => link.Worker.TakeWeights(version, sent));
    }

    private void Tick()
    {
        if (IsAlive && !HasEnded)
        {
            Handle(() =>
            {
                Run.Tick(Clock);
                _world.Checks.Ticked(this);
            });
            _world.Loop.After(Timing.Tick, Tick);
        }
    }

    private PreparedRun Prepare(IRunStore store)
    {
        var catalog = new CheckpointCatalog(store);
        catalog.CleanTemporaries();
        CheckpointSearch search = catalog.FindNewest();
        _world.Checks.Found(search, _disk);
        _world.Journal.Note(Name, "starts", $"from {search.Path ?? "nothing"}, {search.Warnings.Count} checkpoints skipped");
        if (search.Checkpoint is { } checkpoint)
        {
            return PreparedRun.Resume(checkpoint, _world.Problem.Data, _world.Problem.DataDigest);
        }

        // The product refuses to resume without a usable checkpoint and asks for a new folder: this is somebody doing so.
        _disk.BeginNewFolder();
        return PreparedRun.Begin(_world.Problem.Run.Recipe, _world.Problem.Data, _world.Problem.DataDigest);
    }

    private TimeSpan WriteDelay() => _world.Dice.Between(TimeSpan.FromMilliseconds(1), _world.Faults.MicrobatchTime * 30);

    private void TakeCheckpointEvent(CheckpointEvent happened)
    {
        _world.Journal.Note(Name, "checkpoint", $"{happened.Outcome} {happened.Step}");
        _world.Coverage.Saw(happened.Outcome);
        if (happened.Outcome == CheckpointOutcome.Saved)
        {
            _disk.Saved(happened.Step.Value);
        }
    }

    private void Wrote(Task task)
    {
        if (task.Exception?.InnerException is { } error)
        {
            if (error is not Distributed.Coordinator.Tests.Storage.PowerCutException)
            {
                throw new SimulationFailure($"the checkpoint writer ended with {error}");
            }

            _world.Coverage.Saw(Probe.CrashedInTheMiddleOfAWrite);
            _world.CrashCoordinator();
        }
    }
}
