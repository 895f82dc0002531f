using Distributed.Numerics.Models;
using Distributed.Protocol.Datasets;
using Distributed.Protocol.Plan;

namespace Distributed.Protocol;

/// <summary>All that a worker must know of a run, beside the samples themselves: everything the arithmetic depends on, nothing else.</summary>
/// <param name="Recipe">The resolved recipe.</param>
/// <param name="Scale">How raw features become inputs.</param>
/// <param name="Shape">The network.</param>
/// <param name="TrainingSamples">Dataset indices of the samples that are trained on, in file order.</param>
public sealed record RunDescription(Recipe Recipe, FeatureScale Scale, NetworkShape Shape, int[] TrainingSamples)
{
    /// <summary>Which samples each step trains on.</summary>
    public StepSchedule Schedule { get; } = StepSchedule.For(Recipe, TrainingSamples.Length);

    /// <summary>The learning rate of each step.</summary>
    public LearningRates LearningRates { get; } = new(Recipe, StepSchedule.For(Recipe, TrainingSamples.Length));

    /// <summary>Where each tensor lies in the flat buffer.</summary>
    public ParameterLayout Layout { get; } = ParameterLayout.For(Shape);
}
