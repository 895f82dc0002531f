using Distributed.Numerics.Kernels;
using Distributed.Simulation.Engine;
using Distributed.Simulation.Problems;

namespace Distributed.Simulation.Faults;

/// <summary>
/// What a seed does to the run: everything about it is drawn, about half of the faults are off entirely, so that each also meets a
/// quiet world.
/// </summary>
public sealed record FaultPlan
{
    public int Problem { get; init; }

    public int Workers { get; init; }

    /// <summary>Faults begin no more after this; what is broken is repaired then.</summary>
    public TimeSpan CalmFrom { get; init; }

    /// <summary>Time to compute one microbatch on a healthy machine.</summary>
    public TimeSpan MicrobatchTime { get; init; }

    public int CheckpointEverySteps { get; init; }

    public TimeSpan LatencyMin { get; init; }

    public TimeSpan LatencyMax { get; init; }

    /// <summary>A message overtakes others.</summary>
    public double Reordered { get; init; }

    /// <summary>A message arrives twice.</summary>
    public double Duplicated { get; init; }

    /// <summary>A message, and with it the link, is lost.</summary>
    public double Reset { get; init; }

    /// <summary>A bit of a tensor flips on the wire.</summary>
    public double Corrupted { get; init; }

    // How often each of these happens, on average; zero for never.
    public TimeSpan WorkerCrash { get; init; }

    public TimeSpan WorkerHang { get; init; }

    public TimeSpan WorkerSlow { get; init; }

    public TimeSpan WorkerLeave { get; init; }

    public TimeSpan WorkerFailure { get; init; }

    public TimeSpan LinkCut { get; init; }

    public TimeSpan CoordinatorCrash { get; init; }

    public TimeSpan CoordinatorPause { get; init; }

    public TimeSpan DiskFull { get; init; }

    public TimeSpan BitRot { get; init; }

    /// <summary>The share of coordinator crashes in which the machine loses its power, and with it what was not synced.</summary>
    public double PowerCut { get; init; }

    /// <summary>The share of coordinator crashes that wait for a disk operation and come in the middle of it.</summary>
    public double CrashInWrite { get; init; }

    /// <summary>Seconds of the coordinator's clock per second.</summary>
    public double ClockRate { get; init; } = 1;

    public double Audit { get; init; }

    /// <summary>Workers from the last one down that compute wrongly now and then; never worker 1. Only where everything is audited.</summary>
    public int Liars { get; init; }

    /// <summary>The chance that a liar's partial has a flipped bit.</summary>
    public double Flipped { get; init; }

    /// <summary>Each worker's SIMD width.</summary>
    public IReadOnlyList<InstructionSet> Widths { get; init; } = [];

    /// <summary>Workers that are there from the start; the others join later.</summary>
    public int EarlyWorkers { get; init; }

    public static FaultPlan Draw(Dice dice)
    {
        int workers = dice.Between(1, 6);
        bool isAudited = dice.Chance(0.3);
        double audit = !isAudited ? 0 : dice.Chance(0.7) ? 1 : dice.Between(0.05, 0.9);
        int liars = audit == 1 && workers > 1 && dice.Chance(0.7) ? dice.Between(1, Math.Min(2, workers - 1)) : 0;
        return new FaultPlan
        {
            Problem = dice.Below(Problems.Problem.Count),
            Workers = workers,
            EarlyWorkers = dice.Between(0, workers),
            CalmFrom = Seconds(dice.Between(4.0, 30.0)),
            MicrobatchTime = Seconds(dice.Between(0.01, 0.3)),
            CheckpointEverySteps = dice.Chance(0.3) ? 0 : dice.Between(1, 5),
            LatencyMin = TimeSpan.FromMicroseconds(dice.Between(20, 2000)),
            LatencyMax = TimeSpan.FromMicroseconds(dice.Chance(0.5) ? 3000 : dice.Between(3000, 900_000)),
            Reordered = Rate(dice, 0.3),
            Duplicated = Rate(dice, 0.2),
            Reset = Rate(dice, 0.02),
            Corrupted = Rate(dice, 0.03),
            WorkerCrash = Every(dice, 1, 20),
            WorkerHang = Every(dice, 2, 20),
            WorkerSlow = Every(dice, 2, 20),
            WorkerLeave = Every(dice, 2, 20),
            WorkerFailure = Every(dice, 4, 30),
            LinkCut = Every(dice, 2, 20),
            CoordinatorCrash = Every(dice, 2, 20),
            CoordinatorPause = Every(dice, 3, 20),
            DiskFull = Every(dice, 3, 20),
            BitRot = Every(dice, 3, 20),
            PowerCut = dice.Chance(0.5) ? dice.Between(0.1, 1) : 0,
            CrashInWrite = dice.Chance(0.5) ? dice.Between(0.1, 1) : 0,
            ClockRate = dice.Chance(0.5) ? dice.Between(0.5, 2) : 1,
            Audit = audit,
            Liars = liars,
            Flipped = liars > 0 ? dice.Between(0.02, 1) : 0,
            Widths = [.. Enumerable.Range(0, workers).Select(_ => dice.Pick(InstructionSets.Supported))],
        };
    }

    /// <summary>For people: one option per line, those that are off left out.</summary>
    public IEnumerable<string> Lines() =>
        from property in typeof(FaultPlan).GetProperties()
        let value = property.GetValue(this)
        where value is not (0 or 0.0) && !Equals(value, TimeSpan.Zero)
        select $"  {property.Name,-22} {Shown(value)}";

    private static string Shown(object? value) => value switch
    {
        TimeSpan time => $"{time.TotalSeconds:F6} s",
        IEnumerable<InstructionSet> sets => string.Join(' ', sets),
        double number => $"{number:F4}",
        _ => $"{value}",
    };

    private static double Rate(Dice dice, double most) => dice.Chance(0.5) ? dice.Between(0, most) : 0;

    private static TimeSpan Every(Dice dice, double least, double most) => dice.Chance(0.4) ? Seconds(dice.Between(least, most)) : TimeSpan.Zero;

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
}
