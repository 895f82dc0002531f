using System.Numerics;

namespace Distributed.Numerics.Reduction;

/// <summary>
/// The fixed binary tree over the microbatches of a step. A node at height h covers the aligned indices [i·2^h, (i+1)·2^h) that exist;
/// its value is left + right, or the left alone where the right side does not exist.
/// A run of microbatches that covers a whole node can therefore be summed anywhere without changing a bit.
/// </summary>
public static class ReductionTree
{
    /// <summary>True when <paramref name="range"/> is exactly the leaves of one node of the tree over <paramref name="count"/> microbatches.</summary>
    public static bool IsNode(MicrobatchRange range, int count)
    {
        if (range.Count < 1 || range.First < 0 || range.End > count)
        {
            return false;
        }

        int width = (int)BitOperations.RoundUpToPowerOf2((uint)range.Count);
        return range.First % width == 0 && (range.Count == width || range.End == count);
    }

    /// <summary>The node that starts at <paramref name="range"/>'s first microbatch, is inside it and is the largest such.</summary>
    public static MicrobatchRange LargestNode(MicrobatchRange range, int count)
    {
        Check.That(range.Count >= 1);
        Check.That(range.First >= 0);
        Check.That(range.End <= count);
        int best = 1;
        for (int width = 2; ; width *= 2)
        {
            int covered = System.Math.Min(width, count - range.First);
            if (range.First % width != 0 || covered > range.Count)
            {
                break;
            }

            best = covered;
            if (range.First + width >= count)
            {
                break;
            }
        }

        return new MicrobatchRange(range.First, best);
    }
}
