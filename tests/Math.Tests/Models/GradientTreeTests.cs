using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;
using Distributed.Numerics.Reduction;

namespace Distributed.Numerics.Tests.Models;

/// <summary>
/// The gradient of a node has the same bits whichever pieces of it were computed where, in blocks of whatever size, at whatever width.
/// </summary>
public sealed class GradientTreeTests
{
    private static readonly int[] RowsMaxima = [1, 2, 3, 5, 8, 1000];

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void EveryNodeIsTheTreeOfItsMicrobatches(InstructionSet set)
    {
        foreach (NetworkShape shape in NetworkCases.Shapes())
        {
            for (int count = 1; count <= 9; count++)
            {
                AssertNodes(shape, set, new MicrobatchPlan(samples: (3 * count) + (count / 2), count));
            }
        }
    }

    [Fact]
    public void LongMicrobatchesHaveTheBitsOfScalarBlocks()
    {
        var shape = new NetworkShape(40, [24, 17], 10, Activation.Relu, Dropout: 0.5f);
        var plan = new MicrobatchPlan(samples: 700, microbatches: 3);
        (float[] expected, PartialStatistics statistics) = Compute(shape, InstructionSet.Scalar, 37, plan, new MicrobatchRange(0, 3));
        foreach (InstructionSet set in InstructionSets.Supported)
        {
            foreach (int rowsMax in new[] { 16, 100, 233, 500, 10_000 })
            {
                (float[] gradient, PartialStatistics same) = Compute(shape, set, rowsMax, plan, new MicrobatchRange(0, 3));
                Bits.AssertEqual(expected, gradient);
                Assert.Equal(statistics, same);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void SamplesThatStayBytesHaveTheBitsOfScaledFloats(InstructionSet set)
    {
        foreach (int[] hidden in new int[][] { [], [10], [7, 33] })
        {
            var shape = new NetworkShape(75, hidden, 10, Activation.Relu, Dropout: 0f);
            foreach (MicrobatchPlan plan in new MicrobatchPlan[] { new(700, 2), new(256, 8), new(90, 7) })
            {
                var node = new MicrobatchRange(0, plan.Count);
                (float[] expected, PartialStatistics statistics) = Compute(shape, InstructionSet.Scalar, 1000, plan, node, asBytes: true);
                foreach (int rowsMax in new[] { 33, 1000 })
                {
                    (float[] gradient, PartialStatistics same) = Compute(shape, set, rowsMax, plan, node, asBytes: true);
                    Bits.AssertEqual(expected, gradient);
                    Assert.Equal(statistics, same);
                }
            }
        }
    }

    [Fact]
    public void ARangeThatIsNoNodeIsRefused() =>
        Assert.Throws<CheckException>(() => Compute(
            new NetworkShape(
                5, [], 4, Activation.Relu, 0f), InstructionSet.Scalar, 100, new MicrobatchPlan(8, 8), new MicrobatchRange(1, 2)));

    private static void AssertNodes(NetworkShape shape, InstructionSet set, MicrobatchPlan plan)
    {
        var leaves = new (float[] Gradient, PartialStatistics Statistics)[plan.Count];
        for (int i = 0; i < plan.Count; i++)
        {
            leaves[i] = Compute(shape, InstructionSet.Scalar, 1000, plan, new MicrobatchRange(i, 1));
        }

        for (int first = 0; first < plan.Count; first++)
        {
            for (int length = 1; first + length <= plan.Count; length++)
            {
                var node = new MicrobatchRange(first, length);
                if (ReductionTree.IsNode(node, plan.Count))
                {
                    AssertNode(shape, set, plan, node, Tree(leaves.AsSpan(first, length)));
                }
            }
        }
    }

    private static void AssertNode(
        NetworkShape shape, InstructionSet set, MicrobatchPlan plan, MicrobatchRange node, (
            float[] Gradient, PartialStatistics Statistics) expected)
    {
        foreach (int rowsMax in RowsMaxima)
        {
            (float[] gradient, PartialStatistics statistics) = Compute(shape, set, rowsMax, plan, node);
            Bits.AssertEqual(expected.Gradient, gradient);
            Bits.AssertEqual(expected.Statistics.LossSum, statistics.LossSum);
            Assert.Equal(expected.Statistics, statistics);
        }
    }

    /// <summary>The tree restated from its definition: pairs of neighbours, level by level; an odd one out goes up alone.</summary>
    private static (
        float[] Gradient, PartialStatistics Statistics) Tree(ReadOnlySpan<(float[] Gradient, PartialStatistics Statistics)> leaves)
    {
        (float[] Gradient, PartialStatistics Statistics)[] level = leaves.ToArray();
        while (level.Length > 1)
        {
            var above = new (float[] Gradient, PartialStatistics Statistics)[(level.Length + 1) / 2];
            for (int i = 0; i < above.Length; i++)
            {
                above[i] = (2 * i) + 1 < level.Length ? Parent(level[2 * i], level[(2 * i) + 1]) : level[2 * i];
            }

            level = above;
        }

        return level[0];
    }

    private static (float[] Gradient, PartialStatistics Statistics) Parent(
        (float[] Gradient, PartialStatistics Statistics) left, (float[] Gradient, PartialStatistics Statistics) right)
    {
        float[] sum = new float[left.Gradient.Length];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = left.Gradient[i] + right.Gradient[i];
        }

        return (sum, PartialStatistics.Combine(left.Statistics, right.Statistics));
    }

    private static (float[] Gradient, PartialStatistics Statistics) Compute(
        NetworkShape shape, InstructionSet set, int rowsMax, MicrobatchPlan plan, MicrobatchRange node, bool asBytes = false)
    {
        var samples = new MadeUpSamples(plan.Samples, shape.Inputs, shape.Outputs, asBytes);
        float[] weights = NetworkCases.Weights(shape);
        var gradient = new GuardedBuffer(weights.Length);
        gradient.Span.Fill(float.NaN);
        PartialStatistics statistics = new NetworkGradient(
            shape, set, rowsMax).Compute(weights, samples, plan, node, NetworkCases.Key, gradient.Span);
        gradient.AssertGuards();
        return (gradient.Span.ToArray(), statistics);
    }
}
