using Distributed.Numerics.Reduction;
using Distributed.Protocol;
using Distributed.Protocol.Plan;

namespace Distributed.Coordinator.Transport;

/// <summary>Holds what a partial from another process says of itself against the run, before anything is computed with it.</summary>
internal static class PartialCheck
{
    /// <summary>What is wrong with it, or null.</summary>
    internal static string? Problem(RunDescription run, Partial partial)
    {
        if (partial.Step.Value < 0 || partial.Step.Value >= run.Schedule.TotalSteps)
        {
            return $"a partial of step {partial.Step.Value}; the run has {run.Schedule.TotalSteps} steps";
        }

        StepPosition step = run.Schedule.At(partial.Step);
        MicrobatchRange node = partial.Node;
        bool isInside = node.First >= 0 && node.Count >= 1 && node.Count <= step.Microbatches.Count - node.First;
        if (!isInside || !ReductionTree.IsNode(partial.Node, step.Microbatches.Count))
        {
            return $"a partial of microbatches {partial.Node.First} and {partial.Node.Count - 1} more, which are no node of step {partial.Step.Value}";
        }

        int samples = step.Microbatches.SampleCount(partial.Node);
        return partial.Statistics.Samples == samples && partial.Statistics.Correct >= 0 && partial.Statistics.Correct <= samples
            ? null
            : $"a partial of {partial.Statistics.Samples} samples, {partial.Statistics.Correct} of them right; its microbatches have {samples} samples";
    }
}
