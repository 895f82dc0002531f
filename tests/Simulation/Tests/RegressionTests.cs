using Distributed.Simulation.Faults;

namespace Distributed.Simulation.Tests;

/// <summary>
/// Disasters that once went wrong, by name. A seed means the same only as long as the draws before it do, so each scenario also says
/// what it needs to have reached.
/// </summary>
public sealed class RegressionTests
{
    /// <summary>Nobody was told that a run without its first worker waits.</summary>
    [Fact]
    public void ARunWithoutItsFirstWorkerSaysWhatItWaitsFor()
    {
        SeedResult result = Simulator.Run(2, change: plan => Quiet(plan) with { EarlyWorkers = 0, CalmFrom = TimeSpan.FromSeconds(20) });
        Assert.Null(result.Failure);
    }

    /// <summary>The coordinator was asked to decide, its workers were lost meanwhile, and nobody said that the wait was for the coordinator.</summary>
    [Fact]
    public void TheCoordinatorsOwnComputationIsAWaitWithAnOwner() => AssertPasses(
        seed: 2122,
        plan => Quiet(plan) with
        {
            Audit = 1,
            CoordinatorPause = TimeSpan.FromSeconds(3),
            CoordinatorCrash = TimeSpan.FromSeconds(3),
            LatencyMax = TimeSpan.FromSeconds(0.5),
        },
        Probe.CoordinatorArbitrated,
        Probe.CoordinatorPaused);

    /// <summary>A worker that was found out in one microbatch was named again for each other one that it had computed.</summary>
    [Fact]
    public void ACulpritIsNamedOnce()
    {
        var named = new List<string>();
        for (ulong seed = 1; seed <= 20; seed++)
        {
            named.Clear();
            SeedResult result = Simulator.Run(
                seed,
                write: line => named.AddRange(line.Contains("worker_quarantined", StringComparison.Ordinal) ? [line.Split("step ")[1]] : []),
                change: plan => Quiet(plan) with
                {
                    Workers = 5,
                    EarlyWorkers = 5,
                    Widths = [.. Enumerable.Repeat(plan.Widths[0], 5)],
                    Audit = 1,
                    Liars = 2,
                    Flipped = 1,
                });
            Assert.Null(result.Failure);
            Assert.Equal(2, named.Count);
        }
    }

    /// <summary>Crashes in the middle of writes, the power gone, bits rotting, all at once.</summary>
    [Fact]
    public void ADiskThatDoesItsWorst()
    {
        var coverage = new Coverage();
        for (ulong seed = 1; seed <= 150; seed++)
        {
            SeedResult result = Simulator.Run(seed, change: plan => Quiet(plan) with
            {
                CheckpointEverySteps = 1,
                CalmFrom = TimeSpan.FromSeconds(20),
                MicrobatchTime = TimeSpan.FromSeconds(0.1),
                CoordinatorCrash = TimeSpan.FromSeconds(2),
                CrashInWrite = 0.7,
                PowerCut = 0.8,
                BitRot = TimeSpan.FromSeconds(2),
            });
            Assert.True(result.Failure is null, $"seed {seed}: {result.Failure}");
            coverage.Add(result.Coverage);
        }

        Probe[] wanted = [Probe.CrashedInTheMiddleOfAWrite, Probe.CheckpointRotted, Probe.PowerLost, Probe.OlderCheckpointUsed, Probe.NoCheckpointUsable];
        Assert.All(wanted, probe => Assert.True(coverage[probe] > 0, $"{probe} was not reached"));
    }

    private static void AssertPasses(ulong seed, Func<FaultPlan, FaultPlan> change, params Probe[] reached)
    {
        SeedResult result = Simulator.Run(seed, change: change);
        Assert.Null(result.Failure);
        Assert.All(reached, probe => Assert.True(result.Coverage[probe] > 0, $"{probe} was not reached"));
    }

    /// <summary>The same problem and workers, and nothing goes wrong.</summary>
    private static FaultPlan Quiet(FaultPlan plan) => new()
    {
        Problem = plan.Problem,
        Workers = plan.Workers,
        EarlyWorkers = plan.Workers,
        Widths = plan.Widths,
        CalmFrom = plan.CalmFrom,
        MicrobatchTime = plan.MicrobatchTime,
        LatencyMin = plan.LatencyMin,
        LatencyMax = TimeSpan.FromMilliseconds(3),
    };
}
