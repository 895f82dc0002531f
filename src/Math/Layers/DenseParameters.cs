using Distributed.Numerics.Models;

namespace Distributed.Numerics.Layers;

/// <summary>One layer's weight (In×Out) and bias (Out) inside the flat buffer.</summary>
internal readonly ref struct DenseParameters(ParameterLayout layout, int layer, ReadOnlySpan<float> flat)
{
    public int In { get; } = layout.Weight(layer).Rows;

    public int Out { get; } = layout.Weight(layer).Columns;

    public ReadOnlySpan<float> W { get; } = flat.Slice(layout.Weight(layer).Offset, layout.Weight(layer).Count);

    public ReadOnlySpan<float> B { get; } = flat.Slice(layout.Bias(layer).Offset, layout.Bias(layer).Count);
}

/// <summary>The gradient of one layer's weight (In×Out) and bias (Out) inside the flat buffer.</summary>
internal readonly ref struct DenseGradient(ParameterLayout layout, int layer, Span<float> flat)
{
    public int In { get; } = layout.Weight(layer).Rows;

    public int Out { get; } = layout.Weight(layer).Columns;

    public Span<float> W { get; } = flat.Slice(layout.Weight(layer).Offset, layout.Weight(layer).Count);

    public Span<float> B { get; } = flat.Slice(layout.Bias(layer).Offset, layout.Bias(layer).Count);
}
