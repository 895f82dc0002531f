using Distributed.Numerics.Reduction;

namespace Distributed.Numerics.Tests.Reduction;

public sealed class ReductionTreeTests
{
    private const int CountMax = 40;

    [Fact]
    public void ChildrenAreNodesThatCoverTheirParent()
    {
        foreach ((MicrobatchRange node, int count) in Nodes())
        {
            if (node.Count >= 2)
            {
                (MicrobatchRange left, MicrobatchRange right) = ReductionTreeSplit.Children(node);
                Assert.True(ReductionTree.IsNode(left, count));
                Assert.True(ReductionTree.IsNode(right, count));
                Assert.Equal(node.First, left.First);
                Assert.Equal(left.End, right.First);
                Assert.Equal(node.End, right.End);
            }
        }
    }

    /// <summary>All nodes are found by walking from the root, and no other range is one.</summary>
    [Fact]
    public void NodesAreWhatTheRootSplitsInto()
    {
        for (int count = 1; count <= CountMax; count++)
        {
            var reached = new HashSet<MicrobatchRange>();
            Walk(new MicrobatchRange(0, count), reached);
            Assert.Equal(reached.OrderBy(n => n.First).ThenBy(n => n.Count), Nodes(count).OrderBy(n => n.First).ThenBy(n => n.Count));
        }
    }

    [Fact]
    public void AnyRangeIsCutIntoFewLargestNodes()
    {
        for (int count = 1; count <= CountMax; count++)
        {
            for (int first = 0; first < count; first++)
            {
                for (int end = first + 1; end <= count; end++)
                {
                    AssertCut(new MicrobatchRange(first, end - first), count);
                }
            }
        }
    }

    [Fact]
    public void APlanCoversEverySampleOnceAndAsEvenlyAsPossible()
    {
        for (int samples = 1; samples <= 70; samples++)
        {
            for (int asked = 1; asked <= 12; asked++)
            {
                var plan = new MicrobatchPlan(samples, asked);
                int[] sizes = Enumerable.Range(0, plan.Count).Select(i => plan.SampleCount(new MicrobatchRange(i, 1))).ToArray();
                Assert.Equal(Math.Min(samples, asked), plan.Count);
                Assert.Equal(samples, sizes.Sum());
                Assert.Equal(0, plan.FirstSample(0));
                Assert.InRange(sizes[0] - sizes[^1], 0, 1);
                Assert.Equal(sizes.OrderDescending(), sizes);
            }
        }
    }

    private static void AssertCut(MicrobatchRange range, int count)
    {
        int pieces = 0;
        for (MicrobatchRange rest = range; rest.Count > 0; pieces++)
        {
            MicrobatchRange node = ReductionTree.LargestNode(rest, count);
            Assert.True(ReductionTree.IsNode(node, count));
            Assert.Equal(rest.First, node.First);
            rest = new MicrobatchRange(node.End, rest.End - node.End);
            Assert.True(rest.Count >= 0);
        }

        Assert.InRange(pieces, 1, 2 * (int)Math.Ceiling(Math.Log2(count + 1)));
    }

    private static void Walk(MicrobatchRange node, HashSet<MicrobatchRange> reached)
    {
        reached.Add(node);
        if (node.Count >= 2)
        {
            (MicrobatchRange left, MicrobatchRange right) = ReductionTreeSplit.Children(node);
            Walk(left, reached);
            Walk(right, reached);
        }
    }

    private static IEnumerable<(MicrobatchRange Node, int Count)> Nodes() =>
        Enumerable.Range(1, CountMax).SelectMany(count => Nodes(count).Select(node => (node, count)));

    private static IEnumerable<MicrobatchRange> Nodes(int count) =>
        from first in Enumerable.Range(0, count)
        from length in Enumerable.Range(1, count - first)
        let range = new MicrobatchRange(first, length)
        where ReductionTree.IsNode(range, count)
        select range;
}
