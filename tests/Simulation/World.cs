using Distributed.Simulation.Checks;
using Distributed.Simulation.Coordinators;
using Distributed.Simulation.Disk;
using Distributed.Simulation.Engine;
using Distributed.Simulation.Faults;
using Distributed.Simulation.Network;
using Distributed.Simulation.Problems;
using Distributed.Simulation.Workers;

namespace Distributed.Simulation;

/// <summary>
/// One seed's world: a coordinator, workers, links, a disk, clocks, and everything that befalls them. First faults (safety), then calm (liveness).
/// </summary>
internal sealed class World
{
    private readonly DisasterSchedule _disasters;
    private bool _isCalm;
    private bool _hasPower = true;

    internal World(ulong seed, ProtocolUnderTest protocol, Action<string>? write, Func<FaultPlan, FaultPlan>? change = null)
    {
        Protocol = protocol;
        Dice = new Dice(seed);
        Loop = new EventLoop();
        Journal = new Journal(Loop, write);
        FaultPlan drawn = FaultPlan.Draw(Dice);
        Faults = change?.Invoke(drawn) ?? drawn;
        Problem = Problem.Of(Faults.Problem);
        Checks = new RunChecks(this);
        Disk = new SimulatedDisk();
        Workers = Enumerable.Range(1, Faults.Workers)
            .Select(number => new SimulatedWorker(this, number, Faults.Widths[number - 1]) { IsLiar = number > Faults.Workers - Faults.Liars })
            .ToArray();
        _disasters = new DisasterSchedule(this);
    }

    internal ProtocolUnderTest Protocol { get; }

    internal Dice Dice { get; }

    internal EventLoop Loop { get; }

    internal Journal Journal { get; }

    internal FaultPlan Faults { get; }

    internal Problem Problem { get; }

    internal RunChecks Checks { get; }

    internal Coverage Coverage { get; } = new();

    internal SimulatedDisk Disk { get; private set; }

    internal IReadOnlyList<SimulatedWorker> Workers { get; }

    internal SimulatedCoordinator? Coordinator { get; private set; }

    internal TimeSpan Now => Loop.Now;

    /// <summary>True in the first phase, while faults happen.</summary>
    internal bool IsFaulty => !_isCalm;

    /// <summary>After the faults, the run must be complete by this time.</summary>
    internal TimeSpan Deadline
    {
        get
        {
            int microbatches = Problem.Run.Recipe.Microbatches * (Faults.Audit > 0 ? 3 : 1);
            TimeSpan step = (Faults.MicrobatchTime * (1.2 * microbatches)) + TimeSpan.FromSeconds(1);
            return Faults.CalmFrom + TimeSpan.FromSeconds(30) + (step * Problem.Run.Schedule.TotalSteps);
        }
    }

    /// <summary>A message's time on the wire.</summary>
    internal TimeSpan Latency() =>
        Dice.Between(Faults.LatencyMin, IsFaulty ? Faults.LatencyMax : TimeSpan.FromMilliseconds(5));

    /// <summary>Runs until the run is complete and its last write done.</summary>
    internal void Run()
    {
        StartCoordinator();
        _disasters.Begin();
        while (Coordinator is not { IsAlive: true, HasEnded: true, HasPendingWrite: false })
        {
            SimulationFailure.Unless(Loop.Step(), "nothing will ever happen again, and the run is not complete");
            SimulationFailure.Unless(
                Now <= Deadline, $"the faults stopped at {Faults.CalmFrom.TotalSeconds:F1} s, and the run is not complete: {Standing()}");
        }

        Checks.Completed(Coordinator, Disk);
    }

    internal void StartCoordinator()
    {
        if (Coordinator is { IsAlive: true })
        {
            return;
        }

        _hasPower = true;
        try
        {
            Coordinator = new SimulatedCoordinator(this, Disk);
        }
        catch (Distributed.Coordinator.Tests.Storage.PowerCutException)
        {
            _hasPower = false;
            Disk = Disk.AfterCrash(powerCut: true, Dice);
            Loop.After(TimeSpan.FromSeconds(1), StartCoordinator);
            return;
        }

        Coordinator.Start();
    }

    internal void CrashCoordinator()
    {
        if (Coordinator is not { IsAlive: true, HasEnded: false } coordinator)
        {
            return;
        }

        bool powerCut = Dice.Chance(Faults.PowerCut);
        Journal.Note("coordinator", powerCut ? "loses power" : "crashes");
        Coverage.Saw(powerCut ? Probe.PowerLost : Probe.CoordinatorCrashed);
        if (coordinator.HasPendingWrite)
        {
            Coverage.Saw(Probe.CrashedWhileAWriteWasDue);
        }

        if (coordinator.IsEvaluating)
        {
            Coverage.Saw(Probe.CrashedWhileEvaluating);
        }

        coordinator.Die();
        Disk = Disk.AfterCrash(powerCut, Dice);
        Loop.After(Dice.Between(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(5)), StartCoordinator);
    }

    /// <summary>No more faults, and everything that is broken is repaired.</summary>
    internal void BecomeCalm()
    {
        _isCalm = true;
        Journal.Note("world", "becomes calm");
        Disk.MakeRoom();
        Disk.Store.PowerCutAt = int.MaxValue;
        foreach (SimulatedWorker worker in Workers)
        {
            worker.Recover();
        }
    }

    private string Standing() => Coordinator is not { IsAlive: true } coordinator
        ? $"no coordinator is there, power: {_hasPower}"
        : $"{coordinator.StepsDone} of {Problem.Run.Schedule.TotalSteps} steps are done, live workers: {string.Join(' ', coordinator.Run.Workers)}";
}
