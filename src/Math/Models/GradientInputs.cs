using Distributed.Numerics.Reduction;

namespace Distributed.Numerics.Models;

/// <summary>What a gradient is computed from.</summary>
internal readonly ref struct GradientInputs(
    ReadOnlySpan<float> weights, ISampleSource source, MicrobatchPlan plan, MicrobatchRange node, DropoutKey? dropout, int rowsMax)
{
    public ReadOnlySpan<float> Weights { get; } = weights;

    public ISampleSource Source { get; } = source;

    public MicrobatchPlan Plan { get; } = plan;

    /// <summary>Null when the shape has no dropout.</summary>
    public DropoutKey? Dropout { get; } = dropout;

    /// <summary>Rows of a block.</summary>
    public int RowsMax { get; } = rowsMax;

    /// <summary>
    /// Where computing goes on after the samples before <paramref name="position"/>: after the node's last, most likely with the same node of
    /// the next minibatch.
    /// </summary>
    public int PositionAfter(int position) =>
        position < Plan.FirstSample(node.End) ? position : Plan.FirstSample(node.First) + Plan.Samples;
}
