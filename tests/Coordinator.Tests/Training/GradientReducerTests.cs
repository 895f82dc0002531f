using System.Runtime.InteropServices;
using Distributed.Coordinator.Training;
using Distributed.Numerics.Models;
using Distributed.Numerics.Ranges;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Training;

public sealed class GradientReducerTests
{
    private const int Parameters = RangeCrew.PieceElements + 5;

    /// <summary>Every way to cut 1 to 9 microbatches into shards, each arriving in many orders, gives the bits of the plain recursion.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AnyCutInAnyOrderGivesTheBitsOfTheTree(int members)
    {
        var random = new System.Random(1);
        var crew = new RangeCrew(members);
        for (int count = 1; count <= 9; count++)
        {
            float[][] leaves = Leaves(count, random);
            float[] expected = TreeSum(leaves, 0, Width(count));
            for (int cut = 0; cut < 1 << (count - 1); cut++)
            {
                List<MicrobatchRange> nodes = NodesOf(cut, count);
                for (int order = 0; order < 4; order++)
                {
                    MicrobatchRange[] arrival = nodes.ToArray();
                    random.Shuffle(arrival);
                    AssertSameBits(expected, Reduce(arrival, leaves, crew));
                }
            }
        }
    }

    [Fact]
    public void ASumByArrivalWouldDiffer()
    {
        var random = new System.Random(2);
        float[][] leaves = Leaves(8, random);
        float[] byArrival = new float[Parameters];
        foreach (float[] leaf in leaves.Reverse())
        {
            Add(byArrival, leaf, byArrival);
        }

        Assert.NotEqual(TreeSum(leaves, 0, 8), byArrival);
    }

    [Fact]
    public void AnUnfinishedStepGivesItsBuffersBack()
    {
        var pool = new PartialPool(Parameters);
        var reducer = new GradientReducer(Add);
        reducer.Begin(4);
        Partial first = pool.Rent();
        first.Address(new WorkerId(1), new Incarnation(1), new StepNumber(0), new MicrobatchRange(2, 1));
        Assert.Null(reducer.Add(first));
        reducer.Begin(4);
        Assert.Same(first, pool.Rent());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void WhoeverDeliveredNoNumberIsNamedBeforeAndAfterTheSumIsMade(int culprit)
    {
        var pool = new PartialPool(Parameters);
        var reducer = new GradientReducer(Add);
        reducer.Begin(2);
        GradientSum? sum = null;
        for (int microbatch = 0; microbatch < 2; microbatch++)
        {
            Partial partial = pool.Rent();
            partial.Address(new WorkerId(microbatch + 1), new Incarnation(1), new StepNumber(0), new MicrobatchRange(microbatch, 1));
            partial.Gradient[3] = microbatch == culprit ? float.PositiveInfinity : 1f;
            sum = reducer.Add(partial);
        }

        Assert.Equal((new WorkerId(culprit + 1), float.PositiveInfinity), sum!.NotFinite(3));
        sum.Collapse();
        Assert.Equal((new WorkerId(culprit + 1), float.PositiveInfinity), sum.NotFinite(3));
    }

    /// <summary>Asked for block by block, and then as a whole: the same.</summary>
    private static float[] Reduce(MicrobatchRange[] arrival, float[][] leaves, RangeCrew crew)
    {
        var pool = new PartialPool(Parameters);
        var reducer = new GradientReducer(Add, crew);
        reducer.Begin(leaves.Length);
        GradientSum? sum = null;
        foreach (MicrobatchRange node in arrival)
        {
            Assert.Null(sum);
            Partial partial = pool.Rent();
            partial.Address(new WorkerId(1), new Incarnation(1), new StepNumber(0), node);
            partial.Statistics = new PartialStatistics(0, 0, node.Count);
            int width = Width(node.Count);
            TreeSum(leaves, node.First / width, width).CopyTo(partial.Gradient);
            sum = reducer.Add(partial);
        }

        Assert.NotNull(sum);
        Assert.Equal(leaves.Length, sum.Statistics.Samples);
        float[] blocks = new float[Parameters];
        float[] scratch = new float[sum.ScratchBlocks * GradientSum.BlockElements];
        for (int start = 0; start < Parameters; start += GradientSum.BlockElements)
        {
            sum.Of(start, Math.Min(GradientSum.BlockElements, Parameters - start), scratch).CopyTo(blocks.AsSpan(start));
        }

        float[] whole = sum.Collapse().ToArray();
        AssertSameBits(blocks, whole);
        return whole;
    }

    /// <summary>The shards that <paramref name="cut"/> (a bit per boundary) makes, each split into nodes as a worker does.</summary>
    private static List<MicrobatchRange> NodesOf(int cut, int count)
    {
        var nodes = new List<MicrobatchRange>();
        int first = 0;
        for (int end = 1; end <= count; end++)
        {
            if (end == count || (cut & (1 << (end - 1))) != 0)
            {
                for (var rest = new MicrobatchRange(first, end - first); rest.Count > 0;)
                {
                    MicrobatchRange node = ReductionTree.LargestNode(rest, count);
                    Assert.True(ReductionTree.IsNode(node, count));
                    nodes.Add(node);
                    rest = new MicrobatchRange(node.End, rest.Count - node.Count);
                }

                first = end;
            }
        }

        return nodes;
    }

    /// <summary>The definition: node value = left + right, left alone where the right does not exist.</summary>
    private static float[] TreeSum(float[][] leaves, int index, int width)
    {
        if (width == 1)
        {
            return (float[])leaves[index].Clone();
        }

        float[] left = TreeSum(leaves, 2 * index, width / 2);
        if (((2 * index) + 1) * (width / 2) < leaves.Length)
        {
            Add(left, TreeSum(leaves, (2 * index) + 1, width / 2), left);
        }

        return left;
    }

    private static int Width(int count) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count);

    private static float[][] Leaves(int count, System.Random random) =>
        Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, Parameters).Select(_ => (random.NextSingle() - 0.5f) * 3f).ToArray()).ToArray();

    private static void Add(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> sum)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = left[i] + right[i];
        }
    }

    private static void AssertSameBits(float[] expected, float[] actual) =>
        Assert.True(MemoryMarshal.AsBytes<float>(expected).SequenceEqual(MemoryMarshal.AsBytes<float>(actual)));
}
