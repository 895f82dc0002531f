using Distributed.Numerics.Reduction;

namespace Distributed.Numerics.Models;

/// <summary>Buffers of <see cref="NetworkGradient"/> that are not a layer's.</summary>
internal sealed class NodeScratch(int parameters)
{
    private readonly List<float[]> _gradients = [];
    private int[] _labels = [];
    private int[] _ends = [];

    /// <summary>Room for the labels of a block.</summary>
    public Span<int> Labels(int count)
    {
        Buffers.Reserve(ref _labels, count);
        return _labels.AsSpan(0, count);
    }

    /// <summary>The row, counted from the node's first, at which each of its microbatches ends.</summary>
    public ReadOnlySpan<int> Ends(MicrobatchPlan plan, MicrobatchRange node)
    {
        Buffers.Reserve(ref _ends, node.Count);
        int first = plan.FirstSample(node.First);
        for (int i = 0; i < node.Count; i++)
        {
            _ends[i] = plan.FirstSample(node.First + i + 1) - first;
        }

        return _ends.AsSpan(0, node.Count);
    }

    /// <summary>The gradient of a right child whose parent is <paramref name="depth"/> levels below the node that was asked for.</summary>
    public Span<float> Gradient(int depth)
    {
        while (_gradients.Count <= depth)
        {
            _gradients.Add(new float[parameters]);
        }

        return _gradients[depth];
    }
}
