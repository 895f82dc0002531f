using Akka.Actor;
using Distributed.Protocol;

namespace Distributed.Coordinator.Hosting;

/// <summary>How a cluster takes part in a run: its news of nodes become messages that links send as well.</summary>
/// <param name="Coordinator">Takes <see cref="Leave"/>, <see cref="Actors.FailRun"/> and the like.</param>
/// <param name="FindLife">The worker of that name and its present life; null when none is joined. Any thread may ask.</param>
internal sealed record RunContact(IActorRef Coordinator, Func<string, (WorkerId Worker, Incarnation Incarnation)?> FindLife)
{
    /// <summary>The fencing token of the run's folder: a later coordinator's is higher.</summary>
    public long Term { get; init; }
}
