namespace Distributed.Protocol.Clusters;

/// <summary>What a command line says about the cluster that the program joins.</summary>
/// <param name="Role">What this node is there for.</param>
/// <param name="SeedNodes">Nodes that are asked for entry, at least one.</param>
/// <param name="Own">Where this node listens for the others; null lets it choose.</param>
public sealed record ClusterOptions(NodeRole Role, IReadOnlyList<NodeAddress> SeedNodes, NodeAddress? Own)
{
    /// <summary>The sentence of a program that was built without a cluster.</summary>
    public const string NotInThisEdition =
        "--cluster needs the Akka.Cluster edition of this program, and this is the embedded one: build it with -p:Upstream=true "
        + "(docs/cluster.md), or leave the options of the cluster out.";

    private const int SeedNodesMax = 16;

    /// <summary>Understands the values of a command line.</summary>
    /// <param name="isCluster">Whether --cluster was given.</param>
    /// <param name="seedNodes">--seed-node: addresses, separated by commas.</param>
    /// <param name="role">--role.</param>
    /// <param name="own">--cluster-listen.</param>
    /// <param name="roles">What this program can be; the first is the default.</param>
    /// <returns>Null without a cluster.</returns>
    /// <exception cref="InputException">A value is not allowed, or one is missing.</exception>
    public static ClusterOptions? Read(bool isCluster, string? seedNodes, string? role, string? own, params NodeRole[] roles)
    {
        if (!isCluster)
        {
            string? alone = (seedNodes, role, own) switch
            {
                (not null, _, _) => "--seed-node",
                (_, not null, _) => "--role",
                (_, _, not null) => "--cluster-listen",
                _ => null,
            };
            return alone is null ? null : throw new InputException($"{alone} has no effect without --cluster; add that or leave {alone} out");
        }

        if (seedNodes is null)
        {
            throw new InputException("--cluster needs --seed-node HOST:PORT: the node that lets this one in, as a rule the coordinator's");
        }

        NodeAddress[] seeds = [.. seedNodes.Split(',').Select(seed => NodeAddress.Parse("--seed-node", seed))];
        return seeds.Length <= SeedNodesMax
            ? new ClusterOptions(RoleOf(role, roles), seeds, own is null ? null : NodeAddress.Parse("--cluster-listen", own))
            : throw new InputException($"--seed-node names {seeds.Length} nodes; {SeedNodesMax} at most are allowed, and two or three are enough");
    }

    /// <summary>The options as they are written.</summary>
    public override string ToString()
    {
        string own = Own is null ? "" : $" --cluster-listen {Own}";
        return $"--cluster --role {Name(Role)} --seed-node {string.Join(',', SeedNodes)}{own}";
    }

    private static NodeRole RoleOf(string? text, NodeRole[] roles)
    {
        foreach (NodeRole role in roles)
        {
            if (text is null || text == Name(role))
            {
                return role;
            }
        }

        throw new InputException($"--role {text}: this program can be {string.Join(" or ", roles.Select(Name))}");
    }

    private static string Name(NodeRole role) => role.ToString().ToLowerInvariant();
}
