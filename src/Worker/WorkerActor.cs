using Akka.Actor;
using Distributed.Protocol;

namespace Distributed.Worker;

/// <summary>
/// Takes assignments from the mailbox, computes their partials on its own thread and tells them to the coordinator. Holds no state of the run.
/// </summary>
public sealed class WorkerActor : ReceiveActor
{
    private readonly WorkerIdentity _identity;
    private readonly ShardComputation _computation;
    private readonly PartialPool _pool;
    private readonly IActorRef _coordinator;

    /// <param name="identity">Who this worker is in the run.</param>
    /// <param name="computation">The arithmetic.</param>
    /// <param name="weights">The weights, by reference; versions tell whether they changed meanwhile.</param>
    /// <param name="pool">Where partials come from.</param>
    /// <param name="coordinator">Where they go.</param>
    public WorkerActor(WorkerIdentity identity, GradientComputation computation, WeightsBuffer weights, PartialPool pool, IActorRef coordinator)
    {
        _identity = identity;
        _computation = new ShardComputation(identity, computation, weights);
        _pool = pool;
        _coordinator = coordinator;
        Receive<Assignment>(Compute);
        Receive<RunOver>(_ => Context.Stop(Self));
    }

    /// <inheritdoc/>
    protected override void PreStart() => _coordinator.Tell(new Join(_identity.Id, _identity.Incarnation, _identity.Name), Self);

    private void Compute(Assignment assignment)
    {
        try
        {
            _computation.Compute(assignment, _pool.Rent, partial => _coordinator.Tell(partial, Self));
        }
        catch (Exception error)
        {
            _coordinator.Tell(new WorkerFailed(_identity.Id, _identity.Incarnation, error.Message, error.ToString()), Self);
            Context.Stop(Self);
        }
    }
}
