using Distributed.Numerics.Reduction;

namespace Distributed.Numerics.Models;

/// <summary>What a gradient is computed from.</summary>
internal readonly ref struct GradientInputs(ReadOnlySpan<float> weights, ISampleSource source, MicrobatchPlan plan, DropoutKey? dropout)
{
    public ReadOnlySpan<float> Weights { get; } = weights;

    public ISampleSource Source { get; } = source;

    public MicrobatchPlan Plan { get; } = plan;

    /// <summary>Null when the shape has no dropout.</summary>
    public DropoutKey? Dropout { get; } = dropout;
}
