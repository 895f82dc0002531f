using Distributed.Numerics;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;
using Distributed.Protocol.Plan;

namespace Distributed.Worker;

/// <summary>
/// Computes partials: a pure function of the run, the samples, the weights, the step and the microbatches. Owns its scratch memory, so one per thread.
/// </summary>
public sealed class GradientComputation
{
    private readonly RunDescription _run;
    private readonly EpochOrder _order;
    private readonly MinibatchSource _source;
    private readonly NetworkGradient _network;

    /// <param name="run">What is trained.</param>
    /// <param name="samples">The dataset that <see cref="RunDescription.TrainingSamples"/> are indices of.</param>
    /// <param name="instructionSet">The SIMD width; any gives the same bits.</param>
    public GradientComputation(RunDescription run, Dataset samples, InstructionSet instructionSet)
    {
        Check.That(samples.Features == run.Shape.Inputs);
        _run = run;
        _order = new EpochOrder(run.TrainingSamples, run.Recipe.Seed);
        _source = new MinibatchSource(samples, run.Scale);
        _network = new NetworkGradient(run.Shape, instructionSet, run.Recipe.LabelSmoothing);
    }

    /// <summary>Fills <paramref name="partial"/>, which is addressed already, from <paramref name="weights"/>.</summary>
    public void Compute(Partial partial, ReadOnlySpan<float> weights)
    {
        StepPosition step = _run.Schedule.At(partial.Step);
        Check.That(ReductionTree.IsNode(partial.Node, step.Microbatches.Count));
        _source.MoveTo(_order.Of(step.Epoch), step.FirstSample, step.SampleCount);
        var dropout = new DropoutKey(_run.Recipe.Seed, partial.Step.Value);
        partial.Statistics = _network.Compute(weights, _source, step.Microbatches, partial.Node, dropout, partial.Gradient);
    }

    /// <summary>Microbatches in <paramref name="step"/>.</summary>
    public int MicrobatchCount(StepNumber step) => _run.Schedule.At(step).Microbatches.Count;
}
