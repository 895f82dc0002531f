using System.Numerics;

namespace Distributed.Numerics.Reduction;

/// <summary>The children of a node.</summary>
public static class ReductionTreeSplit
{
    /// <summary>
    /// The left and right child of a node of at least two microbatches: the left is the largest power of two below the count.
    /// </summary>
    public static (MicrobatchRange Left, MicrobatchRange Right) Children(MicrobatchRange node)
    {
        Check.That(node.Count >= 2);
        int left = (int)BitOperations.RoundUpToPowerOf2((uint)node.Count) / 2;
        return (new MicrobatchRange(node.First, left), new MicrobatchRange(node.First + left, node.Count - left));
    }
}
