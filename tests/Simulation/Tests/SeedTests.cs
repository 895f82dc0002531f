using Distributed.Simulation.Runner;

namespace Distributed.Simulation.Tests;

/// <summary>A short run over many seeds, and the simulator's own determinism.</summary>
public sealed class SeedTests
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(20);

    [Fact]
    public void AThousandDisastersDoNotMoveOneBit()
    {
        SeedBatchResult result = new SeedBatch(TimeProvider.System, Environment.ProcessorCount).Run(1, 1000, TimeMax, _ => { });
        Assert.True(result.Failure is null, $"seed {result.Failure?.Seed}: {result.Failure?.Failure}");
        Assert.True(result.Seeds > 0);
        TestContext.Current.SendDiagnosticMessage($"{result.Seeds} seeds in {result.Elapsed.TotalSeconds:F1} s");
    }

    /// <summary>Two runs of a seed draw the same last number, have as many events and the same journal, whether somebody reads it or not.</summary>
    [Fact]
    public void TheSameSeedIsTheSameDisaster()
    {
        for (ulong seed = 1; seed <= 50; seed++)
        {
            SeedResult first = Simulator.Run(seed);
            SeedResult second = Simulator.Run(seed, write: _ => { });
            Assert.Equal((first.LastDraw, first.Events, first.Digest), (second.LastDraw, second.Events, second.Digest));
        }
    }

    [Fact]
    public void DifferentSeedsAreDifferentDisasters()
    {
        ulong[] digests = Enumerable.Range(1, 50).Select(seed => Simulator.Run((ulong)seed).Digest).ToArray();
        Assert.Equal(digests.Length, digests.Distinct().Count());
    }

    [Fact]
    public void AReplayShowsOneAlignedLinePerEventAndTheOptionsFirst()
    {
        var output = new StringWriter();
        Assert.Equal(0, new ReplayCommand(2).Run(output));
        string[] lines = output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("seed 2, program", lines[0]);
        Assert.StartsWith("  Problem", lines[1]);
        Assert.Equal("passed", lines[^1]);
        string[] events = lines.SkipWhile(line => !line.StartsWith("   0.000000", StringComparison.Ordinal)).SkipLast(2).ToArray();
        Assert.All(events, line => Assert.Matches(@"^[ \d]{3}\d\.\d{6}  \S", line));
    }
}
