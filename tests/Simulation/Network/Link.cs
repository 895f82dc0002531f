using Distributed.Protocol;
using Distributed.Simulation.Coordinators;
using Distributed.Simulation.Faults;
using Distributed.Simulation.Workers;

namespace Distributed.Simulation.Network;

/// <summary>
/// The simulated twin of a worker's stream to the coordinator: delivers, or is dead. While a direction is cut, what is sent waits, as
/// a stream's packets are sent
/// again; what outlives the cut arrives then. A lost message is never a hole in the stream, it is the stream's end. Ends learn of
/// that separately, and late.
/// </summary>
internal sealed class Link(World world, SimulatedWorker worker, Incarnation life, SimulatedCoordinator coordinator)
{
    private readonly Direction _toCoordinator = new();
    private readonly Direction _toWorker = new();
    private bool _isDead;

    internal SimulatedWorker Worker => worker;

    internal Incarnation Life => life;

    internal SimulatedCoordinator Coordinator => coordinator;

    internal void ToCoordinator(string what, Action deliver) =>
        Send(_toCoordinator, what, () => coordinator.Handle(deliver));

    internal void ToWorker(string what, Action deliver) =>
        Send(_toWorker, what, () =>
        {
            if (worker.Link == this)
            {
                deliver();
            }
        });

    /// <summary>Nothing passes in one or both directions until <paramref name="until"/>.</summary>
    internal void Cut(bool toCoordinator, bool toWorker, TimeSpan until)
    {
        _toCoordinator.CutUntil = toCoordinator ? until : _toCoordinator.CutUntil;
        _toWorker.CutUntil = toWorker ? until : _toWorker.CutUntil;
        if (until - world.Now > Timing.KeepAliveLimit)
        {
            world.Loop.After(Timing.KeepAliveLimit, () => LearnAtWorker("no answer to keep-alive"));
        }
    }

    /// <summary>The cut is over.</summary>
    internal void Heal()
    {
        _toCoordinator.CutUntil = TimeSpan.Zero;
        _toWorker.CutUntil = TimeSpan.Zero;
    }

    /// <summary>The stream ends here and now; the ends learn of it when they do, the coordinator perhaps only by missing heartbeats.</summary>
    internal void Break(string reason)
    {
        if (_isDead)
        {
            return;
        }

        _isDead = true;
        world.Journal.Note(worker.Name, "link broken", $"{life} {reason}");
        world.Loop.After(world.Dice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(2)), () => LearnAtWorker(reason));
        if (world.Dice.Chance(0.7))
        {
            TimeSpan late = world.Dice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(5));
            world.Loop.After(late, () => coordinator.Handle(() => coordinator.LinkLost(this, reason)));
        }
    }

    /// <summary>The coordinator's process is gone.</summary>
    internal void CoordinatorDied()
    {
        _isDead = true;
        world.Loop.After(world.Dice.Between(TimeSpan.Zero, Timing.KeepAliveLimit), () => LearnAtWorker("the coordinator is gone"));
    }

    /// <summary>The coordinator closes the stream; the worker sees its end when the last bytes are through.</summary>
    internal void CloseByCoordinator(string reason)
    {
        ToWorker("close", () => LearnAtWorker(reason));
        _isDead = true;
        world.Loop.After(Timing.KeepAliveLimit, () => LearnAtWorker(reason));
    }

    private void LearnAtWorker(string reason)
    {
        if (worker.Link == this)
        {
            worker.LinkEnded(reason);
        }
    }

    private void Send(Direction direction, string what, Action deliver)
    {
        FaultPlan faults = world.Faults;
        if (_isDead)
        {
            return;
        }

        if (world.IsFaulty && world.Dice.Chance(faults.Reset))
        {
            Break($"and {what} lost");
            return;
        }

        Schedule(direction, deliver);
        if (world.IsFaulty && world.Dice.Chance(faults.Duplicated))
        {
            world.Coverage.Saw(Probe.MessageDuplicated);
            Schedule(direction, deliver);
        }
    }

    private void Schedule(Direction direction, Action deliver)
    {
        TimeSpan arrival = world.Latency() + (direction.CutUntil > world.Now ? direction.CutUntil : world.Now);
        if (world.IsFaulty && world.Dice.Chance(world.Faults.Reordered))
        {
            arrival += world.Latency();
        }
        else if (arrival < direction.Last)
        {
            arrival = direction.Last;
        }

        direction.Last = arrival > direction.Last ? arrival : direction.Last;
        bool outlivesBreak = world.Dice.Chance(0.5);
        world.Loop.At(arrival, () =>
        {
            if (!_isDead || outlivesBreak)
            {
                deliver();
            }
        });
    }

    private sealed class Direction
    {
        internal TimeSpan CutUntil { get; set; }

        internal TimeSpan Last { get; set; }
    }
}
