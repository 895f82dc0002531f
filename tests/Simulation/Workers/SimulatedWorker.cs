using Distributed.Numerics.Kernels;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;
using Distributed.Simulation.Faults;
using Distributed.Simulation.Network;
using Distributed.Worker;

namespace Distributed.Simulation.Workers;

/// <summary>
/// The simulated twin of a worker's process: it connects, computes what it is assigned with the product's own arithmetic, and can
/// crash, hang, leave, be slow or lie.
/// </summary>
internal sealed class SimulatedWorker
{
    private readonly World _world;
    private readonly InstructionSet _width;
    private readonly WeightsBuffer _weights;
    private readonly PartialPool _pool;
    private readonly Queue<Assignment> _assignments = new();
    private WorkerState _state = new();
    private MicrobatchRange _rest;
    private int _life;
    private int _process;
    private bool _isComputing;
    private TimeSpan _hungUntil;
    private TimeSpan _silentUntil;

    internal SimulatedWorker(World world, int number, InstructionSet width)
    {
        _world = world;
        _width = width;
        Id = new WorkerId(number);
        Name = Id.ToString();
        int parameters = world.Problem.Run.Layout.Count;
        _weights = new WeightsBuffer(new float[parameters]);
        _pool = new PartialPool(parameters);
    }

    internal WorkerId Id { get; }

    internal string Name { get; }

    internal bool IsRunning { get; private set; }

    /// <summary>It was told that the run needs it no more.</summary>
    internal bool IsDismissed { get; private set; }

    /// <summary>It computes wrongly now and then.</summary>
    internal bool IsLiar { get; init; }

    /// <summary>Times the usual duration of its computations.</summary>
    internal double Slowness { get; set; } = 1;

    internal Link? Link { get; private set; }

    /// <summary>Starts the process.</summary>
    internal void Start()
    {
        if (IsRunning || IsDismissed)
        {
            return;
        }

        IsRunning = true;
        int process = ++_process;
        _world.Journal.Note(Name, "starts");
        _state = new WorkerState();
        Tell(new WorkerEvent.Started());
        _world.Loop.After(Timing.Heartbeat, () => Heartbeat(process));
    }

    /// <summary>The process is gone, without a word.</summary>
    internal void Crash(string how)
    {
        if (!IsRunning)
        {
            return;
        }

        IsRunning = false;
        _process++;
        _world.Journal.Note(Name, how);
        Forget();
        Link?.Break("the worker is gone");
        Link = null;
    }

    internal void Leave()
    {
        Link? link = Link;
        Incarnation life = new(_life);
        link?.ToCoordinator("leave", () => link.Coordinator.Run.Lose(Id, life, "it leaves"));
        Crash("leaves");
    }

    internal void Fail()
    {
        Link? link = Link;
        var failed = new WorkerFailed(Id, new Incarnation(_life), "simulated exception", "simulated exception");
        link?.ToCoordinator("failed", () => link.Coordinator.Run.Lose(Id, failed.Incarnation, failed.Message));
        Crash("fails");
    }

    /// <summary>Its computing thread stands still; its heartbeats do too when the whole process does.</summary>
    internal void Hang(TimeSpan until, bool wholeProcess)
    {
        _hungUntil = until;
        _silentUntil = wholeProcess ? until : TimeSpan.Zero;
        _world.Journal.Note(Name, "hangs", $"until {until.TotalSeconds:F3} s, whole process: {wholeProcess}");
        _world.Loop.At(until, Pump);
    }

    /// <summary>Whatever ails it is over.</summary>
    internal void Recover()
    {
        Slowness = 1;
        _hungUntil = TimeSpan.Zero;
        _silentUntil = TimeSpan.Zero;
        Link?.Heal();
        _computation++;
        _isComputing = false; // What was begun slowly is begun again.
        Start();
        Pump();
    }

    internal void LinkEnded(string reason)
    {
        _world.Journal.Note(Name, "link ended", $"{reason}");
        Link = null;
        Forget();
        Tell(new WorkerEvent.LinkLost(reason));
    }

    internal void TakeRunOver()
    {
        _world.Journal.Note(Name, "run over");
        Tell(new WorkerEvent.RunOver("the coordinator said so"));
    }

    internal void TakeWeights(WeightsVersion version, TensorMessage message)
    {
        if (!_world.Protocol.AcceptsCorruptTensors && !message.IsIntact)
        {
            _world.Coverage.Saw(Probe.CorruptWeightsRefused);
            Link?.Break("corrupt weights");
            return;
        }

        if (version.Value > _held)
        {
            _held = version.Value;
            _weights.BeginWrite();
            message.Values.CopyTo(_weights.Values);
            _weights.EndWrite(version);
            Pump();
        }
        else
        {
            _world.Coverage.Saw(Probe.OldWeightsIgnored);
        }
    }

    private int _held = -1;

    internal void TakeAssignment(Assignment assignment)
    {
        _world.Journal.Note(Name, "assigned", $"{assignment.Step} microbatches {assignment.Microbatches}");
        _assignments.Enqueue(assignment);
        Pump();
    }

    /// <summary>Something happens to the process; the product's own state says what it does about it.</summary>
    private void Tell(WorkerEvent happened)
    {
        int process = _process;
        foreach (WorkerEffect effect in _state.Handle(happened))
        {
            switch (effect)
            {
                case WorkerEffect.Connect connect:
                    _world.Loop.After(connect.Pause, () => Connect(process));
                    break;
                case WorkerEffect.Log log:
                    _world.Journal.Note(Name, "says", $"{log.Text}");
                    break;
                case WorkerEffect.Exit exit:
                    IsDismissed = exit.Code == WorkerState.ExitDone;
                    Crash("ends");
                    break;
                default:
                    throw new SimulationFailure($"{Name} wants {effect}, which the simulation does not know");
            }
        }
    }

    private void Connect(int process)
    {
        if (process != _process || Link is not null)
        {
            return;
        }

        if (_world.Coordinator is not { IsAlive: true, HasEnded: false } coordinator)
        {
            Tell(new WorkerEvent.LinkLost("nobody answers"));
            return;
        }

        var life = new Incarnation(++_life);
        var link = new Link(_world, this, life, coordinator);
        Link = link;
        _world.Journal.Note(Name, "connects", $"{life}");
        coordinator.Accept(link);
        link.ToCoordinator("join", () => coordinator.TakeJoin(link));
        Tell(new WorkerEvent.Welcomed(Id, life));
    }

    private void Heartbeat(int process)
    {
        if (process != _process)
        {
            return;
        }

        if (_world.Now >= _silentUntil && Link is { } link)
        {
            link.ToCoordinator("heartbeat", () => link.Coordinator.TakeHeartbeat(link));
        }

        _world.Loop.After(Timing.Heartbeat, () => Heartbeat(process));
    }

    /// <summary>What an earlier life was assigned or was sent does not count in the next.</summary>
    private void Forget()
    {
        _assignments.Clear();
        _rest = default;
        _isComputing = false;
        _computation++;
        _held = -1;
        _weights.BeginWrite();
    }

    private int _computation;

    private void Pump()
    {
        if (_isComputing || !IsRunning || _world.Now < _hungUntil)
        {
            return;
        }

        while (_assignments.TryPeek(out Assignment assignment))
        {
            if (assignment.Version.Value > _held && !_world.Protocol.ComputesWithAnyWeights)
            {
                _world.Coverage.Saw(Probe.AssignmentBeforeItsWeights);
                return;
            }

            if (_rest.Count == 0)
            {
                _rest = assignment.Microbatches;
            }

            if (Holds(assignment))
            {
                Begin(assignment);
                return;
            }

            _world.Coverage.Saw(Probe.StaleAssignmentDropped);
            _assignments.Dequeue();
            _rest = default;
        }
    }

    private bool Holds(Assignment assignment) =>
        _weights.Holds(assignment.Version) || (_world.Protocol.ComputesWithAnyWeights && _held >= 0);

    private void Begin(Assignment assignment)
    {
        MicrobatchRange node = ReductionTree.LargestNode(_rest, _world.Problem.Run.Schedule.At(assignment.Step).Microbatches.Count);
        TimeSpan duration = _world.Faults.MicrobatchTime * (node.Count * Slowness * _world.Dice.Between(0.8, 1.2));
        _isComputing = true;
        int computation = ++_computation;
        _world.Loop.After(duration, () => Finish(assignment, node, computation));
    }

    private void Finish(Assignment assignment, MicrobatchRange node, int computation)
    {
        if (computation != _computation)
        {
            return;
        }

        if (_world.Now < _hungUntil)
        {
            _world.Loop.At(_hungUntil, () => Finish(assignment, node, computation));
            return;
        }

        _isComputing = false;
        if (Holds(assignment))
        {
            Send(assignment, node);
            _rest = new MicrobatchRange(node.End, _rest.End - node.End);
        }
        else
        {
            _world.Coverage.Saw(Probe.WeightsMovedOnMeanwhile);
            _rest = default;
        }

        if (_rest.Count == 0)
        {
            _assignments.Dequeue();
        }

        Pump();
    }

    /// <summary>No two broken machines are broken alike: nothing but the truth itself could tell two equal wrong answers from right ones.</summary>
    private int WrongBit() => (23 * _world.Dice.Below(1 << 16)) + (2 * _world.Dice.Below(11)) + (Id.Value & 1);

    private void Send(Assignment assignment, MicrobatchRange node)
    {
        if (Link is not { } link)
        {
            return;
        }

        Partial partial = _pool.Rent();
        partial.Address(Id, link.Life, assignment.Step, node);
        _world.Problem.Computation(_width).Compute(partial, _weights.Values);
        bool isWrong = IsLiar && _world.IsFaulty && _world.Dice.Chance(_world.Faults.Flipped);
        ReadOnlySpan<float> gradient = isWrong ? TensorMessage.Flip(partial.Gradient, WrongBit()) : partial.Gradient;
        var message = new PartialMessage(
            Id, link.Life, assignment.Step, node, partial.Statistics, TensorMessage.Of(gradient), isWrong);
        partial.Return();
        _world.Journal.Note(Name, isWrong ? "computed wrongly" : "computed", $"{assignment.Step} microbatches {node}");
        bool isCorrupted = _world.IsFaulty && _world.Dice.Chance(_world.Faults.Corrupted);
        PartialMessage sent = isCorrupted ? message with { Gradient = message.Gradient.WithFlippedBit(_world.Dice.Below(1 << 20)) } : message;
        link.ToCoordinator("partial", () => link.Coordinator.TakePartial(link, sent));
    }
}
