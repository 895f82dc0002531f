using System.Numerics;
using Distributed.Numerics;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;

namespace Distributed.Coordinator.Training;

/// <summary>
/// Sums a step's partials over the fixed tree. A pair of siblings is added as soon as both are there, the right to the left:
/// which pairs are added is given by their microbatch indices, so the order of arrival cannot change a bit.
/// </summary>
public class GradientReducer
{
    /// <summary>accumulator[i] += addend[i], at any vector width.</summary>
    public delegate void Adder(Span<float> accumulator, ReadOnlySpan<float> addend);

    private readonly Adder _add;
    private Partial?[] _waiting = [];
    private int _count;

    /// <param name="add">The addition of two gradients.</param>
    public GradientReducer(Adder add) => _add = add;

    /// <summary>Starts a step of <paramref name="count"/> microbatches. Partials of an unfinished step are returned to their pools.</summary>
    public virtual void Begin(int count)
    {
        Check.That(count >= 1);
        foreach (Partial? partial in _waiting)
        {
            partial?.Return();
        }

        if (_waiting.Length < count)
        {
            _waiting = new Partial?[count];
        }

        Array.Clear(_waiting);
        _count = count;
    }

    /// <summary>
    /// Takes ownership of <paramref name="partial"/>, a node no microbatch of which was added before.
    /// Returns the sum over the whole step, which then belongs to the caller, once the last one is in; null before.
    /// </summary>
    public virtual Partial? Add(Partial partial)
    {
        Check.That(ReductionTree.IsNode(partial.Node, _count));
        int height = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)partial.Node.Count));
        Partial node = partial;
        for (; 1L << height < _count; height++)
        {
            int index = node.Node.First >> height;
            int siblingFirst = (index ^ 1) << height;
            if (siblingFirst >= _count)
            {
                continue; // No right side exists: the parent is this node's value.
            }

            Partial? sibling = _waiting[siblingFirst];
            if (sibling is null || HeightOf(sibling) < height)
            {
                Check.That(_waiting[node.Node.First] is null);
                _waiting[node.Node.First] = node;
                return null;
            }

            _waiting[siblingFirst] = null;
            node = siblingFirst < node.Node.First ? Merge(sibling, node) : Merge(node, sibling);
        }

        Check.That(node.Node.Count == _count);
        return node;
    }

    private Partial Merge(Partial left, Partial right)
    {
        _add(left.Gradient, right.Gradient);
        left.Absorb(right, _count);
        right.Return();
        return left;
    }

    /// <summary>The greatest height at which this partial is a whole node: one cut off by the end of the tree is its own parent.</summary>
    private int HeightOf(Partial partial)
    {
        int height = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)partial.Node.Count));
        while (partial.Node.End == _count && partial.Node.First % (2L << height) == 0 && 1L << height < _count)
        {
            height++;
        }

        return height;
    }
}
