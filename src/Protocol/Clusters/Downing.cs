namespace Distributed.Protocol.Clusters;

/// <summary>A member of the cluster as one node sees it.</summary>
/// <param name="CanCoordinate">It is a coordinator or a standby.</param>
/// <param name="IsReachable">Its heartbeats arrive here.</param>
public readonly record struct NodeView(bool CanCoordinate, bool IsReachable);

/// <summary>Whether the nodes that cannot be reached are to be removed from the cluster, and why.</summary>
public readonly record struct DowningDecision(bool RemoveUnreachable, string Reason);

/// <summary>
/// When one node gives others up. A node that is cut off cannot know whether the others are dead, so each side decides for itself by what both know:
/// who was there. Losing any number of workers must not end a run, which a majority rule would do; and two sides may both go on without harm, because the
/// run's folder lets only the newest coordinator write. So the side of the present coordinator always goes on, and another side takes over when it can
/// train as well as what it lost, or after a long wait when it cannot.
/// </summary>
public static class Downing
{
    /// <summary>How long nothing may have changed before the decision: a node that restarts or a switch that blinks is not a loss.</summary>
    public static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(3);

    /// <summary>How long a side with fewer workers than it lost waits for them.</summary>
    public static readonly TimeSpan PatienceOfTheWeaker = TimeSpan.FromSeconds(30);

    /// <param name="nodes">All members, the oldest first: the oldest that can coordinate does.</param>
    /// <param name="stable">How long nothing has changed.</param>
    public static DowningDecision Decide(IReadOnlyList<NodeView> nodes, TimeSpan stable)
    {
        if (nodes.All(node => node.IsReachable))
        {
            return new DowningDecision(false, "every node is reachable");
        }

        if (stable < StableAfter)
        {
            return new DowningDecision(false, "who is reachable has just changed");
        }

        NodeView[] candidates = [.. nodes.Where(node => node.CanCoordinate)];
        if (candidates.Length == 0 || candidates[0].IsReachable)
        {
            return new DowningDecision(true, "the coordinator is on this side");
        }

        if (!candidates.Any(node => node.IsReachable))
        {
            return new DowningDecision(false, "the coordinator is lost, and no standby is on this side");
        }

        int workersHere = nodes.Count(node => !node.CanCoordinate && node.IsReachable);
        int workersLost = nodes.Count(node => !node.CanCoordinate && !node.IsReachable);
        if (workersHere >= workersLost)
        {
            return new DowningDecision(true, $"the coordinator is lost; a standby takes over with {workersHere} workers, {workersLost} are lost");
        }

        return stable >= PatienceOfTheWeaker
            ? new DowningDecision(true, $"the coordinator is lost for {stable.TotalSeconds:F0} s; a standby takes over with {workersHere} workers")
            : new DowningDecision(false, $"the coordinator is lost with {workersLost} workers; only {workersHere} are on this side");
    }
}
