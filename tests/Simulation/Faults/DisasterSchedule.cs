using Distributed.Simulation.Engine;
using Distributed.Simulation.Workers;

namespace Distributed.Simulation.Faults;

/// <summary>Lets the faults of the plan happen, each in its own rhythm, until calm.</summary>
internal sealed class DisasterSchedule(World world)
{
    private static readonly TimeSpan ShortMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongMax = TimeSpan.FromSeconds(8);

    internal void Begin()
    {
        FaultPlan plan = world.Faults;
        foreach (SimulatedWorker worker in world.Workers)
        {
            bool isEarly = worker.Id.Value <= plan.EarlyWorkers;
            world.Loop.After(isEarly ? TimeSpan.Zero : world.Dice.Between(TimeSpan.Zero, plan.CalmFrom), worker.Start);
        }

        Repeat(plan.WorkerCrash, () => Any(worker => Away(worker, () => worker.Crash("crashes"))));
        Repeat(plan.WorkerLeave, () => Any(worker => Away(worker, worker.Leave)));
        Repeat(plan.WorkerFailure, () => Any(worker => Away(worker, worker.Fail)));
        Repeat(plan.WorkerHang, Hang);
        Repeat(plan.WorkerSlow, () => Any(Slow));
        Repeat(plan.LinkCut, () => Any(Cut));
        Repeat(plan.CoordinatorCrash, CrashCoordinator);
        Repeat(plan.CoordinatorPause, PauseCoordinator);
        Repeat(plan.DiskFull, FillDisk);
        Repeat(plan.BitRot, Rot);
        world.Loop.After(plan.CalmFrom, world.BecomeCalm);
    }

    private Dice Dice => world.Dice;

    private void Repeat(TimeSpan mean, Action fault)
    {
        if (mean > TimeSpan.Zero)
        {
            world.Loop.After(Dice.Until(mean), () =>
            {
                if (world.IsFaulty)
                {
                    fault();
                    Repeat(mean, fault);
                }
            });
        }
    }

    private void Any(Action<SimulatedWorker> fault) => fault(Dice.Pick(world.Workers));

    /// <summary>Gone, and back after a while.</summary>
    private void Away(SimulatedWorker worker, Action goes)
    {
        if (worker.IsRunning)
        {
            goes();
            world.Loop.After(ShortOrLong(), worker.Start);
        }
    }

    private void Hang()
    {
        bool everyone = Dice.Chance(0.1);
        TimeSpan until = world.Now + ShortOrLong();
        bool wholeProcess = Dice.Chance(0.5);
        foreach (SimulatedWorker worker in everyone ? world.Workers : [Dice.Pick(world.Workers)])
        {
            worker.Hang(until, wholeProcess);
        }

        if (everyone)
        {
            world.Coverage.Saw(Probe.EveryoneHungAtOnce);
        }
    }

    private void Slow(SimulatedWorker worker)
    {
        worker.Slowness = Dice.Between(2.0, 100.0);
        world.Journal.Note(worker.Name, "is slow", $"{worker.Slowness:F1} times");
        world.Loop.After(ShortOrLong(), () => worker.Slowness = 1);
    }

    private void Cut(SimulatedWorker worker)
    {
        int direction = Dice.Below(3);
        TimeSpan until = world.Now + ShortOrLong();
        worker.Link?.Cut(toCoordinator: direction != 1, toWorker: direction != 0, until);
        string way = direction == 0 ? "upwards" : direction == 1 ? "downwards" : "both ways";
        world.Journal.Note(worker.Name, "link cut", $"{way} until {until.TotalSeconds:F3} s");
    }

    private void CrashCoordinator()
    {
        if (Dice.Chance(world.Faults.CrashInWrite))
        {
            world.Disk.Store.PowerCutAt = world.Disk.Store.Operations + Dice.Below(8);
        }
        else
        {
            world.CrashCoordinator();
        }
    }

    private void PauseCoordinator()
    {
        world.Coordinator?.Pause(world.Now + ShortOrLong());
        world.Coverage.Saw(Probe.CoordinatorPaused);
    }

    private void FillDisk()
    {
        world.Disk.Fill(Dice.Below(3000));
        world.Journal.Note("disk", "is full");
        world.Loop.After(ShortOrLong(), () => world.Disk.MakeRoom());
    }

    private void Rot()
    {
        if (world.Disk.Rot(Dice) is { } path)
        {
            world.Coverage.Saw(Probe.CheckpointRotted);
            world.Journal.Note("disk", "rots", $"{path}");
        }
    }

    private TimeSpan ShortOrLong() => Dice.Between(TimeSpan.FromMilliseconds(10), Dice.Chance(0.5) ? ShortMax : LongMax);
}
