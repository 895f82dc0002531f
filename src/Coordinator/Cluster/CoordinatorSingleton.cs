using Akka.Actor;

namespace Distributed.Coordinator.Cluster;

/// <summary>The one of its kind in the cluster: where it lives is the coordinator. The run itself has an actor system of its own, without a network.</summary>
internal sealed class CoordinatorSingleton : ReceiveActor
{
    private readonly Election _election;

    public CoordinatorSingleton(Election election) => _election = election;

    /// <inheritdoc/>
    protected override void PreStart() => _election.Say(new Verdict.Elected());
}
