using Distributed.Protocol.Clusters;

namespace Distributed.Protocol.Tests.Clusters;

/// <summary>Who gives whom up. A letter per node, the oldest first: c can coordinate, w computes; capitals are reachable.</summary>
public sealed class DowningTests
{
    [Theory]
    [InlineData("CCW", false, "everybody is there")]
    [InlineData("CcW", true, "the standby is lost")]
    [InlineData("CCw", true, "a worker is lost")]
    [InlineData("CCwwwwww", true, "every worker is lost: the run waits for new ones")]
    [InlineData("Ccwwwwww", true, "everybody else is lost, or this coordinator is cut off: the fencing token decides")]
    [InlineData("cCW", true, "the coordinator is lost")]
    [InlineData("cC", true, "the coordinator is lost, and there were no workers in the cluster")]
    [InlineData("cCWw", true, "the coordinator is lost with as many workers as are left")]
    [InlineData("cCWww", false, "the coordinator has more workers with it")]
    [InlineData("cCw", false, "the standby is alone")]
    [InlineData("cWW", false, "nobody can take over")]
    [InlineData("cccWW", false, "nobody can take over")]
    [InlineData("ccCW", true, "the second standby takes over")]
    [InlineData("Wcw", false, "age matters among those that can coordinate only")]
    [InlineData("wW", true, "a cluster of workers whose coordinators have left")]
    public void AStableViewIsDecided(string nodes, bool remove, string why)
    {
        DowningDecision decision = Downing.Decide(View(nodes), Downing.StableAfter);
        Assert.True(remove == decision.RemoveUnreachable, $"{nodes}: {why}; decided: {decision.Reason}");
    }

    [Theory]
    [InlineData("CCw")]
    [InlineData("cCW")]
    public void NothingIsDecidedInAHurry(string nodes) =>
        Assert.False(Downing.Decide(View(nodes), Downing.StableAfter - TimeSpan.FromMilliseconds(1)).RemoveUnreachable);

    [Theory]
    [InlineData("cCWww")]
    [InlineData("cCw")]
    public void AWeakerSideTakesOverInTheEnd(string nodes)
    {
        Assert.False(Downing.Decide(View(nodes), Downing.PatienceOfTheWeaker - TimeSpan.FromMilliseconds(1)).RemoveUnreachable);
        Assert.True(Downing.Decide(View(nodes), Downing.PatienceOfTheWeaker).RemoveUnreachable);
    }

    /// <summary>Every way to cut a cluster of up to seven nodes in two: some side goes on, and the coordinator's always does.</summary>
    [Fact]
    public void NoPartitionStopsTheRun()
    {
        foreach (string nodes in new[] { "CCW", "CCWW", "CCCWW", "CWCWW", "CCWWWWW", "WCCWW" })
        {
            for (int cut = 1; cut < (1 << nodes.Length) - 1; cut++)
            {
                NodeView[] here = View(nodes).Select((node, i) => node with { IsReachable = (cut >> i & 1) == 1 }).ToArray();
                NodeView[] there = here.Select(node => node with { IsReachable = !node.IsReachable }).ToArray();
                bool hereGoesOn = Downing.Decide(here, Downing.PatienceOfTheWeaker).RemoveUnreachable;
                bool thereGoesOn = Downing.Decide(there, Downing.PatienceOfTheWeaker).RemoveUnreachable;
                Assert.True(hereGoesOn || thereGoesOn, $"{nodes} cut by {cut}");
                Assert.True(here.First(node => node.CanCoordinate).IsReachable ? hereGoesOn : thereGoesOn, $"{nodes} cut by {cut}");
            }
        }
    }

    private static NodeView[] View(string nodes) => [.. nodes.Select(node => new NodeView("Cc".Contains(node), char.IsUpper(node)))];
}
