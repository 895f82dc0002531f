using Akka.Actor;
using Distributed.Coordinator.Actors;
using Distributed.Protocol;

namespace Distributed.Coordinator.Transport;

/// <summary>
/// Stands for one life of a worker of another process: to the coordinator it is like a worker of this one. It never waits; the link does.
/// </summary>
internal sealed class WorkerProxy : ReceiveActor
{
    private readonly WorkerLink _link;
    private readonly IActorRef _coordinator;

    /// <param name="link">The life.</param>
    /// <param name="coordinator">Whom it works for.</param>
    /// <param name="quarantine">Keeps the link's process out from now on.</param>
    public WorkerProxy(WorkerLink link, IActorRef coordinator, Action<WorkerLink> quarantine)
    {
        _link = link;
        _coordinator = coordinator;
        Receive<AssignmentLease>(lease => _link.Assign(lease.Take()));
        Receive<RunOver>(over =>
        {
            if (over.IsQuarantine)
            {
                quarantine(_link);
            }

            _link.End(over.Reason);
        });
        Receive<Dismiss>(dismiss => _link.Close(dismiss.Reason));
        Receive<LinkClosed>(HandleLinkClosed);
    }

    /// <inheritdoc/>
    protected override void PreStart() =>
        _coordinator.Tell(new Join(_link.Worker, _link.Incarnation, _link.ShownName, SendsHeartbeats: true), Self);

    private void HandleLinkClosed(LinkClosed closed)
    {
        _coordinator.Tell(new Leave(_link.Worker, _link.Incarnation, closed.Reason), Self);
        Context.Stop(Self);
    }
}
