using Akka.Actor;
using Distributed.Numerics.Ranges;
using Distributed.Protocol;

namespace Distributed.Worker;

/// <summary>
/// Takes assignments from the mailbox, computes their partials on its own thread and tells them to the coordinator. Holds no state of the run.
/// </summary>
public sealed class WorkerActor : ReceiveActor
{
    private readonly WorkerIdentity _identity;
    private readonly ShardComputation _computation;
    private readonly IActorRef _coordinator;
    private readonly CrewMember? _member;
    private readonly Func<Partial> _rent;
    private readonly Action<Partial> _deliver;

    /// <param name="identity">Who this worker is in the run.</param>
    /// <param name="computation">The arithmetic.</param>
    /// <param name="weights">The weights, by reference; versions tell whether they changed meanwhile.</param>
    /// <param name="pool">Where partials come from.</param>
    /// <param name="coordinator">Where they go.</param>
    /// <param name="member">Its place among those who update the weights once all partials are in; null where it takes no part in that.</param>
    public WorkerActor(
        WorkerIdentity identity,
        GradientComputation computation,
        WeightsBuffer weights,
        PartialPool pool,
        IActorRef coordinator,
        CrewMember? member = null)
    {
        _identity = identity;
        _computation = new ShardComputation(identity, computation, weights);
        _coordinator = coordinator;
        _member = member;
        _rent = pool.Rent;
        _deliver = partial => coordinator.Tell(partial, Self);
        Receive<AssignmentLease>(lease => Compute(lease.Take()));
        Receive<RunOver>(_ => Context.Stop(Self));
    }

    /// <inheritdoc/>
    protected override void PreStart() => _coordinator.Tell(new Join(_identity.Id, _identity.Incarnation, _identity.Name), Self);

    private void Compute(Assignment assignment)
    {
        try
        {
            _member?.Begin();
            _computation.Compute(assignment, _rent, _deliver);
            _member?.Help();
        }
        catch (Exception error)
        {
            _coordinator.Tell(new WorkerFailed(_identity.Id, _identity.Incarnation, error.Message, error.ToString()), Self);
            Context.Stop(Self);
        }
    }
}
