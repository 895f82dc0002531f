using Distributed.Coordinator.Actors;
using Distributed.Coordinator.Training;
using Distributed.Numerics.Models;

namespace Distributed.Coordinator.Hosting;

/// <summary>Evaluates a run's current weights on its validation and test samples.</summary>
internal sealed class RunEvaluation(PreparedRun run, Evaluator evaluator)
{
    private readonly int[] _test = Enumerable.Range(0, run.Data.Test?.Count ?? 0).ToArray();

    /// <summary>Null where there are no such samples. Call while nobody writes the weights.</summary>
    internal EpochEvaluation Evaluate()
    {
        PartialStatistics? validation = run.Validation.Length > 0 ? evaluator.Evaluate(run.WeightsArray, run.Data.Train, run.Validation) : null;
        PartialStatistics? test = _test.Length > 0 ? evaluator.Evaluate(run.WeightsArray, run.Data.Test!, _test) : null;
        return new EpochEvaluation(validation, test);
    }
}
