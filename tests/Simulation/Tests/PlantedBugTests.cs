using Distributed.Simulation.Planted;
using Distributed.Simulation.Runner;

namespace Distributed.Simulation.Tests;

/// <summary>The simulator can fail: it finds every mistake that is made on purpose.</summary>
public sealed class PlantedBugTests
{
    /// <summary>More than ten times what the shyest of them needed.</summary>
    private const ulong SeedsMax = 5000;

    public static TheoryData<string> Names => new(PlantedBugs.All.Select(bug => bug.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void IsCaught(string name)
    {
        ProtocolUnderTest bug = PlantedBugs.All.Single(planted => planted.Name == name);
        SeedBatchResult result = new SeedBatch(TimeProvider.System, Environment.ProcessorCount, bug).Run(1, SeedsMax, TimeSpan.MaxValue, _ => { });
        Assert.NotNull(result.Failure);
        TestContext.Current.SendDiagnosticMessage($"{name}: caught by seed {result.Failure.Seed}: {result.Failure.Failure}");
        Assert.Null(Simulator.Run(result.Failure.Seed).Failure);
    }
}
