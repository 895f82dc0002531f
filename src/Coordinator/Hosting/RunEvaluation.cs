using Distributed.Coordinator.Actors;
using Distributed.Coordinator.Training;

namespace Distributed.Coordinator.Hosting;

/// <summary>Evaluates a run's current weights on its validation and test samples.</summary>
internal sealed class RunEvaluation(PreparedRun run, Evaluator evaluator)
{
    private readonly int[] _test = Enumerable.Range(0, run.Data.Test?.Count ?? 0).ToArray();

    /// <summary>Null where there are no such samples. Call while nobody writes the weights.</summary>
    internal EpochEvaluation Evaluate()
    {
        Evaluation? validation = run.Validation.Length > 0 ? evaluator.Evaluate(run.WeightsArray, run.Data.Train, run.Validation) : null;
        Evaluation? test = _test.Length > 0 ? evaluator.Evaluate(run.WeightsArray, run.Data.Test!, _test) : null;
        return new EpochEvaluation(validation, test);
    }
}
