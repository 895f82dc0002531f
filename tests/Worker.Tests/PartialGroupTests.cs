using Distributed.Numerics.Models;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;

namespace Distributed.Worker.Tests;

/// <summary>What several threads computed of one assignment leaves as the fewest nodes, each the tree's own sum.</summary>
public sealed class PartialGroupTests
{
    private readonly PartialPool _pool = new(1);
    private readonly List<Partial> _left = [];

    [Theory]
    [InlineData(0, 8, 8, new[] { 0, 8 })]
    [InlineData(0, 5, 5, new[] { 0, 5 })]
    [InlineData(0, 7, 7, new[] { 0, 7 })]
    [InlineData(3, 5, 8, new[] { 3, 1, 4, 4 })]
    [InlineData(0, 3, 8, new[] { 0, 2, 2, 1 })]
    [InlineData(4, 3, 7, new[] { 4, 3 })]
    [InlineData(1, 2, 8, new[] { 1, 1, 2, 1 })]
    public void TheFewestNodesLeaveWithTheTreesBits(int first, int length, int count, int[] expected)
    {
        var assignment = new MicrobatchRange(first, length);
        for (int seed = 0; seed < 20; seed++)
        {
            _left.Clear();
            var group = new PartialGroup(assignment, count, shares: 1, _left.Add);
            int[] order = [.. Enumerable.Range(first, length)];
            new System.Random(seed).Shuffle(order);
            foreach (int microbatch in order)
            {
                group.Add(Of(new MicrobatchRange(microbatch, 1)));
            }

            group.ShareDone();
            Assert.Equal(expected, _left.OrderBy(partial => partial.Node.First).SelectMany(partial => new[] { partial.Node.First, partial.Node.Count }));
            Assert.All(_left, partial => Assert.Equal(TreeSum(partial.Node, count), partial.Gradient[0]));
            Assert.All(_left, partial => Assert.Equal(partial.Node.Count, partial.Statistics.Samples));
            _left.ForEach(partial => partial.Return());
        }
    }

    /// <summary>Numbers whose sum depends on the order of the additions.</summary>
    private static float Value(int microbatch) => MathF.ScaleB(1 + (0.1f * microbatch), 7 * (microbatch % 4));

    private static float TreeSum(MicrobatchRange node, int count)
    {
        if (node.Count == 1)
        {
            return Value(node.First);
        }

        int half = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)node.Count) / 2;
        return TreeSum(new MicrobatchRange(node.First, half), count) + TreeSum(new MicrobatchRange(node.First + half, node.Count - half), count);
    }

    private Partial Of(MicrobatchRange node)
    {
        Partial partial = _pool.Rent();
        partial.Address(new WorkerId(1), new Incarnation(1), new StepNumber(0), node);
        partial.Gradient[0] = Value(node.First);
        partial.Statistics = new PartialStatistics(0, 0, 1);
        return partial;
    }
}
