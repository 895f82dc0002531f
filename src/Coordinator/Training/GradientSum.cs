using Distributed.Numerics;
using Distributed.Numerics.Models;
using Distributed.Numerics.Ranges;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;

namespace Distributed.Coordinator.Training;

/// <summary>
/// A step's gradient as the nodes of the reduction tree that were delivered. They are added where and when the sum is wanted, so that one pass over the
/// parameters adds, averages and updates. Which pairs are added is given by the nodes' microbatch indices alone, so no order of arrival, no range and no
/// number of threads can change a bit.
/// </summary>
public sealed class GradientSum
{
    /// <summary>Elements that are summed at a time: they stay in the first cache until they are used.</summary>
    internal const int BlockElements = 4096;

    private readonly GradientReducer.Adder _add;
    private readonly RangeCrew _crew;
    private readonly Collapsing _collapsing;
    private readonly List<Partial> _nodes = [];
    private MicrobatchRange _whole;
    private int _delivered;
    private bool _isCollapsed;

    /// <param name="add">The addition of two gradients.</param>
    /// <param name="crew">Who adds.</param>
    internal GradientSum(GradientReducer.Adder add, RangeCrew crew)
    {
        _add = add;
        _crew = crew;
        _collapsing = new Collapsing(this);
    }

    /// <summary>Of the whole step.</summary>
    public PartialStatistics Statistics { get; private set; }

    /// <summary>Parameters.</summary>
    public int Length => _nodes[0].Gradient.Length;

    /// <summary>Blocks of scratch memory that <see cref="Of"/> needs: none where one node is the whole step.</summary>
    internal int ScratchBlocks { get; private set; }

    /// <summary>True when every microbatch is in.</summary>
    internal bool IsWhole => _delivered == _whole.Count;

    /// <summary>A sum over <paramref name="microbatches"/>, of which nothing is there yet.</summary>
    internal void Open(int microbatches)
    {
        Return();
        _whole = new MicrobatchRange(0, microbatches);
    }

    /// <summary>Takes ownership of <paramref name="partial"/>, a node no microbatch of which was added before.</summary>
    internal void Add(Partial partial)
    {
        Check.That(ReductionTree.IsNode(partial.Node, _whole.Count));
        int at = _nodes.Count;
        while (at > 0 && _nodes[at - 1].Node.First > partial.Node.First)
        {
            at--;
        }

        Check.That(at == 0 || _nodes[at - 1].Node.End <= partial.Node.First);
        Check.That(at == _nodes.Count || partial.Node.End <= _nodes[at].Node.First);
        _nodes.Insert(at, partial);
        _delivered += partial.Node.Count;
        if (IsWhole)
        {
            int next = 0;
            (Statistics, ScratchBlocks) = Measure(_whole, ref next);
            Check.That(next == _nodes.Count);
        }
    }

    /// <summary>The sum of parameters <paramref name="start"/> … <paramref name="start"/>+<paramref name="count"/>-1. Any thread may ask.</summary>
    /// <param name="start">The first.</param>
    /// <param name="count">How many; at most a block where scratch memory is needed.</param>
    /// <param name="scratch">At least <see cref="ScratchBlocks"/>, the caller's own; what is returned may lie in it.</param>
    internal ReadOnlySpan<float> Of(int start, int count, Span<float> scratch)
    {
        Check.That(IsWhole);
        Check.That(count <= BlockElements || ScratchBlocks == 0);
        int next = 0;
        return _isCollapsed ? _nodes[0].Gradient.Slice(start, count) : Of(_whole, start, count, scratch, ref next);
    }

    /// <summary>The whole sum, for whoever needs all of it at once; lent until <see cref="Return"/>.</summary>
    public ReadOnlySpan<float> Collapse()
    {
        Check.That(IsWhole);
        Partial first = _nodes[0];
        if (_nodes.Count > 1 && !_isCollapsed)
        {
            _crew.Run(Length, _collapsing);
            _isCollapsed = true;
            ScratchBlocks = 0;
        }

        return first.Gradient;
    }

    /// <summary>
    /// Who delivered the value that makes the sum at <paramref name="index"/> no number; where only the sum overflows, one of those who are in it.
    /// </summary>
    internal (WorkerId Worker, float Value) NotFinite(int index)
    {
        // The last: once collapsed, the first node holds the sum.
        Partial culprit = _nodes.FindLast(node => !float.IsFinite(node.Gradient[index])) ?? _nodes[^1];
        return (culprit.Worker, culprit.Gradient[index]);
    }

    /// <summary>Gives the memory of all nodes back.</summary>
    public void Return()
    {
        foreach (Partial node in _nodes)
        {
            node.Return();
        }

        _nodes.Clear();
        _delivered = 0;
        _isCollapsed = false;
    }

    /// <summary>Statistics of <paramref name="node"/>, and the blocks its sum needs: one for itself, and the right child's beside it.</summary>
    private (PartialStatistics Statistics, int Blocks) Measure(MicrobatchRange node, ref int next)
    {
        if (_nodes[next].Node == node)
        {
            return (_nodes[next++].Statistics, 0);
        }

        (MicrobatchRange left, MicrobatchRange right) = ReductionTreeSplit.Children(node);
        (PartialStatistics leftStatistics, int leftBlocks) = Measure(left, ref next);
        (PartialStatistics rightStatistics, int rightBlocks) = Measure(right, ref next);
        return (PartialStatistics.Combine(leftStatistics, rightStatistics), Math.Max(leftBlocks, 1 + rightBlocks));
    }

    private ReadOnlySpan<float> Of(MicrobatchRange node, int start, int count, Span<float> scratch, scoped ref int next)
    {
        if (_nodes[next].Node == node)
        {
            return _nodes[next++].Gradient.Slice(start, count);
        }

        (MicrobatchRange left, MicrobatchRange right) = ReductionTreeSplit.Children(node);
        Span<float> sum = scratch[..count];
        ReadOnlySpan<float> leftSum = Of(left, start, count, scratch, ref next);
        ReadOnlySpan<float> rightSum = Of(right, start, count, scratch[BlockElements..], ref next);
        _add(leftSum, rightSum, sum);
        return sum;
    }

    /// <summary>Leaves the sum in the first node, whose own values nobody needs any more once their block is added.</summary>
    private sealed class Collapsing(GradientSum gradient) : GradientPass
    {
        private protected override GradientSum Gradient => gradient;

        private protected override void Take(ReadOnlySpan<float> sum, int start) => sum.CopyTo(gradient._nodes[0].Gradient[start..]);
    }
}
