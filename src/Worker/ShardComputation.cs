using Distributed.Numerics.Reduction;
using Distributed.Protocol;

namespace Distributed.Worker;

/// <summary>Computes the partials of an assignment, for as long as the weights are the ones it names.</summary>
/// <param name="identity">Whose partials they are.</param>
/// <param name="computation">The arithmetic.</param>
/// <param name="weights">The weights, by reference; versions tell whether they changed meanwhile.</param>
public sealed class ShardComputation(WorkerIdentity identity, GradientComputation computation, WeightsBuffer weights)
{
    /// <summary>Microbatches in <paramref name="step"/>.</summary>
    public int MicrobatchCount(StepNumber step) => computation.MicrobatchCount(step);

    /// <summary>Computes <paramref name="assignment"/>.</summary>
    /// <param name="assignment">The shard.</param>
    /// <param name="rent">Lends a partial; null ends the computation.</param>
    /// <param name="deliver">Is given each partial as soon as it is done, and owns it.</param>
    public void Compute(Assignment assignment, Func<Partial?> rent, Action<Partial> deliver)
    {
        int microbatches = computation.MicrobatchCount(assignment.Step);
        MicrobatchRange rest = assignment.Microbatches;
        while (rest.Count > 0 && weights.Holds(assignment.Version) && rent() is { } partial)
        {
            MicrobatchRange node = ReductionTree.LargestNode(rest, microbatches);
            partial.Address(identity.Id, identity.Incarnation, assignment.Step, node);
            computation.Compute(partial, weights.Values);
            if (!weights.Holds(assignment.Version))
            {
                // The step was completed by others while this one computed, and the weights moved on beneath it.
                partial.Return();
                return;
            }

            deliver(partial);
            rest = new MicrobatchRange(node.End, rest.Count - node.Count);
        }
    }
}
