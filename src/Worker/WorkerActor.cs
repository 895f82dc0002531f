using Akka.Actor;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;

namespace Distributed.Worker;

/// <summary>
/// Takes assignments from the mailbox, computes their partials on its own thread and tells them to the coordinator. Holds no state of the run.
/// </summary>
public sealed class WorkerActor : ReceiveActor
{
    private readonly WorkerIdentity _identity;
    private readonly GradientComputation _computation;
    private readonly WeightsBuffer _weights;
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
        _computation = computation;
        _weights = weights;
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
            int microbatches = _computation.MicrobatchCount(assignment.Step);
            MicrobatchRange rest = assignment.Microbatches;
            while (rest.Count > 0 && _weights.Holds(assignment.Version))
            {
                MicrobatchRange node = ReductionTree.LargestNode(rest, microbatches);
                ComputeNode(assignment, node);
                rest = new MicrobatchRange(node.End, rest.Count - node.Count);
            }
        }
        catch (Exception error)
        {
            _coordinator.Tell(new WorkerFailed(_identity.Id, _identity.Incarnation, error.Message, error.ToString()), Self);
            Context.Stop(Self);
        }
    }

    private void ComputeNode(Assignment assignment, MicrobatchRange node)
    {
        Partial partial = _pool.Rent();
        partial.Address(_identity.Id, _identity.Incarnation, assignment.Step, node);
        _computation.Compute(partial, _weights.Values);
        if (_weights.Holds(assignment.Version))
        {
            _coordinator.Tell(partial, Self);
        }
        else
        {
            // The step was completed by others while this one computed, and the weights moved on beneath it.
            partial.Return();
        }
    }
}
