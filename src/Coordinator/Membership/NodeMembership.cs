using Distributed.Protocol;
using Distributed.Protocol.Clusters;

namespace Distributed.Coordinator.Membership;

/// <summary>What a cluster says about one of its nodes.</summary>
public enum NodeChange
{
    /// <summary>It is a member now.</summary>
    Up,

    /// <summary>Its heartbeats fail to arrive; it may return.</summary>
    Unreachable,

    /// <summary>Its heartbeats arrive again.</summary>
    Reachable,

    /// <summary>It left, or was given up; it will not return in this life.</summary>
    Removed,
}

/// <summary>A node of the cluster, as far as the run is concerned.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="IsSelf">It is the node of this very process.</param>
/// <param name="Role">What it is there for, as this node knows.</param>
/// <param name="Life">The worker that runs there and its present life; null while none has joined the run.</param>
public sealed record NodeFacts(string Address, bool IsSelf, NodeRole Role, (WorkerId Worker, Incarnation Incarnation)? Life);

/// <summary>What follows for the run from a change in the cluster, and why.</summary>
public abstract record MembershipDecision(string Reason)
{
    /// <summary>Nothing.</summary>
    public sealed record Ignore(string Reason) : MembershipDecision(Reason);

    /// <summary>The node is told where the coordinator is; the worker joins by its link, as every worker does.</summary>
    public sealed record Announce(string Reason) : MembershipDecision(Reason);

    /// <summary>The worker is lost: its microbatches go to others at once, as when its link breaks.</summary>
    public sealed record Lose(WorkerId Worker, Incarnation Incarnation, string Reason) : MembershipDecision(Reason);

    /// <summary>Somebody should know.</summary>
    public sealed record Tell(string Reason) : MembershipDecision(Reason);

    /// <summary>This coordinator's run ends without another write: the others go on without it.</summary>
    public sealed record StepDown(string Reason) : MembershipDecision(Reason);
}

/// <summary>
/// Turns what a cluster says about its nodes into what the roster of the run understands. A cluster's view is one more sign of a worker's life beside its
/// link and its heartbeats: it can only lose a worker sooner, never keep one that is silent, and a worker lost by mistake joins again by its link.
/// </summary>
public static class NodeMembership
{
    /// <summary>What follows from <paramref name="change"/> of <paramref name="node"/>.</summary>
    public static MembershipDecision Decide(NodeChange change, NodeFacts node) => (change, node) switch
    {
        (NodeChange.Removed, { IsSelf: true }) => new MembershipDecision.StepDown(
            "this coordinator's node was removed from the cluster, and another may have taken the run over: nothing more is written here"),
        (_, { IsSelf: true }) => new MembershipDecision.Ignore("this node knows about itself"),
        (NodeChange.Up, { Role: not NodeRole.Worker }) => new MembershipDecision.Tell($"{What(node)} is a member of the cluster"),
        (NodeChange.Unreachable, { Role: not NodeRole.Worker }) => new MembershipDecision.Tell($"no heartbeat from {What(node)}"),
        (NodeChange.Reachable, { Role: not NodeRole.Worker }) => new MembershipDecision.Tell($"{What(node)} is heard again"),
        (NodeChange.Removed, { Role: not NodeRole.Worker }) => new MembershipDecision.Tell($"{What(node)} is gone"),
        (NodeChange.Up or NodeChange.Reachable, _) => new MembershipDecision.Announce($"the worker's node at {node.Address} is there"),
        (_, { Life: null }) => new MembershipDecision.Ignore($"no worker of the run is at {node.Address}"),
        (NodeChange.Unreachable, { Life: { } life }) => new MembershipDecision.Lose(
            life.Worker, life.Incarnation, $"its node at {node.Address} is unreachable: no heartbeat in the cluster"),
        (NodeChange.Removed, { Life: { } life }) => new MembershipDecision.Lose(
            life.Worker, life.Incarnation, $"its node at {node.Address} was removed from the cluster"),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
    };

    private static string What(NodeFacts node) => $"the {(node.Role == NodeRole.Coordinator ? "coordinator" : "standby")} at {node.Address}";
}
