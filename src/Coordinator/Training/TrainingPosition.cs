using Distributed.Numerics.Models;
using Distributed.Protocol;

namespace Distributed.Coordinator.Training;

/// <summary>How far a run has come, beside its weights and the optimizer's moments; with them, all that a resumed run needs.</summary>
/// <param name="Next">The step to do next.</param>
/// <param name="Epoch">Sums over the samples of the epoch that <paramref name="Next"/> belongs to, from the steps done.</param>
public readonly record struct TrainingPosition(StepNumber Next, PartialStatistics Epoch)
{
    /// <summary>Before the first step.</summary>
    public static TrainingPosition Start => new(new StepNumber(0), default);
}
