using Distributed.Numerics.Kernels;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;
using Distributed.Worker;

namespace Distributed.Coordinator.Hosting;

/// <summary>
/// The coordinator's own computation of an audited microbatch, for when the workers' answers differ or only one worker is there.
/// It reads the weights that the step was published with: they do not change while the step is open.
/// </summary>
internal sealed class Arbiter(PreparedRun run, InstructionSet instructionSet)
{
    private readonly Lock _lock = new();
    private readonly PartialPool _pool = new(run.Description.Layout.Count);
    private GradientComputation? _computation;

    /// <summary>Computes <paramref name="node"/> of <paramref name="step"/>. Any thread may call it; one computes at a time.</summary>
    internal Partial Compute(StepNumber step, MicrobatchRange node)
    {
        lock (_lock)
        {
            _computation ??= new GradientComputation(run.Description, run.Data.Train, instructionSet);
            Partial partial = _pool.Rent();
            partial.Address(new WorkerId(0), new Incarnation(0), step, node);
            _computation.Compute(partial, run.Weights.Values);
            return partial;
        }
    }
}
