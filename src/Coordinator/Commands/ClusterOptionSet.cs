namespace Distributed.Coordinator.Commands;

/// <summary>The options of train that make this program a node of a cluster.</summary>
public sealed class ClusterOptionSet
{
    private const string Group = "Cluster";

    public CommandOption Cluster { get; } =
        new("--cluster", null, Group, "joins a cluster: workers find the coordinator, a standby takes over from a lost one (docs/cluster.md)");

    public CommandOption SeedNodes { get; } =
        new("--seed-node", "HOST:PORT,…", Group, "nodes that let others in: the first coordinator's, better the standby's as well");

    public CommandOption Role { get; } =
        new("--role", "ROLE", Group, "coordinator begins or resumes a run, standby waits to take over the run in --run-dir", "default coordinator");

    public CommandOption Own { get; } =
        new("--cluster-listen", "HOST:PORT", Group, "where this node listens for the others", "default the first seed node's, a free port for a standby");

    /// <summary>In help's order.</summary>
    public IReadOnlyList<CommandOption> All => [Cluster, SeedNodes, Role, Own];
}
