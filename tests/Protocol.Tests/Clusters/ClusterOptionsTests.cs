using Distributed.Protocol.Clusters;

namespace Distributed.Protocol.Tests.Clusters;

/// <summary>The command line's words about a cluster.</summary>
public sealed class ClusterOptionsTests
{
    [Fact]
    public void SeedNodesAndRoleAreUnderstood()
    {
        ClusterOptions options = ClusterOptions.Read(
            true, "a.example:7601,[::1]:7602", "standby", "127.0.0.1:7603", NodeRole.Coordinator, NodeRole.Standby)!;
        Assert.Equal([new NodeAddress("a.example", 7601), new NodeAddress("::1", 7602)], options.SeedNodes);
        Assert.Equal(NodeRole.Standby, options.Role);
        Assert.Equal("--cluster --role standby --seed-node a.example:7601,[::1]:7602 --cluster-listen 127.0.0.1:7603", options.ToString());
    }

    [Fact]
    public void TheFirstRoleIsTheDefault() =>
        Assert.Equal(NodeRole.Coordinator, ClusterOptions.Read(true, "a:1", null, null, NodeRole.Coordinator, NodeRole.Standby)!.Role);

    [Fact]
    public void WithoutThemThereIsNoCluster() => Assert.Null(ClusterOptions.Read(false, null, null, null, NodeRole.Worker));

    [Theory]
    [InlineData("needs --seed-node", true, null, null, null)]
    [InlineData("--seed-node has no effect without --cluster", false, "a:1", null, null)]
    [InlineData("--role has no effect without --cluster", false, null, "worker", null)]
    [InlineData("--cluster-listen has no effect without --cluster", false, null, null, "a:1")]
    [InlineData("--seed-node nowhere: give HOST:PORT", true, "nowhere", null, null)]
    [InlineData("--seed-node : give HOST:PORT", true, "a:1,", null, null)]
    [InlineData("--cluster-listen a:0: give HOST:PORT", true, "a:1", null, "a:0")]
    [InlineData("--role standby: this program can be worker", true, "a:1", "standby", null)]
    public void AWrongLineIsOneSentence(string expected, bool isCluster, string? seeds, string? role, string? own)
    {
        InputException error = Assert.Throws<InputException>(() => ClusterOptions.Read(isCluster, seeds, role, own, NodeRole.Worker));
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void TooManySeedNodesAreRefused() => Assert.Contains(
        "16 at most",
        Assert.Throws<InputException>(() => ClusterOptions.Read(true, string.Join(',', Enumerable.Repeat("a:1", 17)), null, null, NodeRole.Worker)).Message);
}
