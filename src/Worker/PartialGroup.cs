using System.Numerics;
using Distributed.Numerics;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;

namespace Distributed.Worker;

/// <summary>
/// What the threads of one worker compute for one assignment. Siblings of the reduction tree are added here, the right to the left, so that the fewest
/// nodes that cover the assignment leave the worker, however many threads computed them: a step sends as many bytes with sixteen threads as with one.
/// </summary>
/// <param name="microbatches">The assignment's.</param>
/// <param name="count">Microbatches in the step.</param>
/// <param name="shares">Threads that have a part of it.</param>
/// <param name="deliver">Takes what leaves.</param>
internal sealed class PartialGroup(MicrobatchRange microbatches, int count, int shares, Action<Partial> deliver)
{
    private readonly Lock _lock = new();
    private readonly List<Partial> _waiting = [];
    private int _sharesLeft = shares;

    /// <summary>Takes a node inside the assignment. Any thread may call it.</summary>
    internal void Add(Partial partial)
    {
        lock (_lock)
        {
            while (!Leaves(partial))
            {
                MicrobatchRange parent = ParentOf(partial.Node);
                int sibling = _waiting.FindIndex(other => ParentOf(other.Node) == parent);
                if (sibling < 0)
                {
                    _waiting.Add(partial);
                    return;
                }

                Partial other = _waiting[sibling];
                _waiting.RemoveAt(sibling);
                partial = other.Node.First < partial.Node.First ? Merge(other, partial) : Merge(partial, other);
            }
        }

        deliver(partial);
    }

    /// <summary>A thread is done with its part. After the last one, what waits for a sibling that never came leaves as it is.</summary>
    internal void ShareDone()
    {
        lock (_lock)
        {
            Check.That(_sharesLeft > 0);
            if (--_sharesLeft == 0)
            {
                _waiting.ForEach(deliver);
                _waiting.Clear();
            }
        }
    }

    /// <summary>A parent that is not wholly inside cannot be summed here.</summary>
    private bool Leaves(Partial partial)
    {
        Check.That(partial.Node.First >= microbatches.First);
        Check.That(partial.Node.End <= microbatches.End);
        MicrobatchRange parent = ParentOf(partial.Node);
        bool isInside = parent.First >= microbatches.First && parent.End <= microbatches.End;
        return parent == partial.Node || !isInside;
    }

    /// <summary>The smallest node that is larger than <paramref name="node"/> and holds it; the whole step is its own parent.</summary>
    private MicrobatchRange ParentOf(MicrobatchRange node)
    {
        for (long width = 2L * BitOperations.RoundUpToPowerOf2((uint)node.Count); ; width *= 2)
        {
            int first = (int)(node.First / width * width);
            var parent = new MicrobatchRange(first, (int)Math.Min(width, count - first));
            if (parent != node || parent.Count == count)
            {
                return parent;
            }
        }
    }

    private Partial Merge(Partial left, Partial right)
    {
        VectorOperations.Accumulate(InstructionSets.Best, left.Gradient, right.Gradient);
        left.Absorb(right, count);
        right.Return();
        return left;
    }
}
