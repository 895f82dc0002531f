namespace Distributed.Protocol.Clusters;

/// <summary>Where a coordinator takes workers.</summary>
/// <param name="Address">Of its data plane.</param>
/// <param name="Term">The fencing token of its run's folder: a later coordinator's is higher.</param>
public sealed record CoordinatorContact(NodeAddress Address, long Term);

/// <summary>Which of the coordinators that announce themselves a worker follows.</summary>
public static class CoordinatorChoice
{
    /// <param name="followed">Whom the worker follows; null for nobody yet.</param>
    /// <param name="announced">Who announces itself.</param>
    /// <returns>Whether to follow the announced one from now on, and why.</returns>
    public static (bool Follow, string Reason) Decide(CoordinatorContact? followed, CoordinatorContact announced)
    {
        if (followed is null)
        {
            return (true, $"the coordinator is at {announced.Address}");
        }

        if (announced.Term < followed.Term)
        {
            return (false, $"the coordinator at {announced.Address} is an old one: its term is {announced.Term}, and {followed.Term} has begun");
        }

        return announced == followed
            ? (false, "it is followed already")
            : (true, $"the coordinator is at {announced.Address} now, in term {announced.Term}");
    }
}
