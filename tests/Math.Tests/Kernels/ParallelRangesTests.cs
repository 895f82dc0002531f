using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;

namespace Distributed.Numerics.Tests.Kernels;

public sealed class ParallelRangesTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 3)]
    [InlineData(4096, 4)]
    [InlineData(5000, 3)]
    [InlineData(1_000_003, 7)]
    public void TheRangesCoverEveryElementOnce(int count, int threads)
    {
        int[] hits = new int[count];
        ParallelRanges.Run(count, threads, (start, length) =>
        {
            for (int i = start; i < start + length; i++)
            {
                Interlocked.Increment(ref hits[i]);
            }
        });
        Assert.All(hits, hit => Assert.Equal(1, hit));
    }

    [Fact]
    public void SmallPassesStayOnOneThread()
    {
        Assert.Equal(1, ParallelRanges.ThreadsFor(101_770, 8));
        Assert.Equal(2, ParallelRanges.ThreadsFor(5_824_522, 2));
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.Momentum)]
    [InlineData(OptimizerKind.Adam)]
    public void AnUpdateOnThreadsHasTheSameBits(OptimizerKind kind)
    {
        ParameterLayout layout = ParameterLayout.For(new NetworkShape(1031, [701], 11, Activation.Relu, 0));
        var settings = new OptimizerSettings(kind, 0.9f, 0.9f, 0.999f, 1e-8f, 0.01f);
        Optimizer one = Optimizer.Create(settings, layout, InstructionSets.Best);
        Optimizer many = Optimizer.Create(settings, layout, InstructionSets.Best);
        float[] expected = Values(layout.Count, 1);
        float[] actual = Values(layout.Count, 1);
        Assert.True(ParallelRanges.ThreadsFor(layout.Count, 2) > 1);
        for (int step = 0; step < 2; step++)
        {
            float[] gradient = Values(layout.Count, 2 + step);
            one.Update(expected, gradient, 7, 0.1f);
            many.Update(actual, gradient, 7, 0.1f, threads: 2);
        }

        Assert.True(expected.AsSpan().SequenceEqual(actual));
    }

    [Fact]
    public void AnAdditionOnThreadsHasTheSameBits()
    {
        const int Count = (2 * ParallelRanges.ElementsPerThreadMin) + 77;
        float[] expected = Values(Count, 1);
        float[] actual = Values(Count, 1);
        float[] other = Values(Count, 2);
        VectorOperations.Accumulate(InstructionSets.Best, expected, other);
        VectorOperations.Accumulate(InstructionSets.Best, actual, other, threads: 2);
        Assert.True(expected.AsSpan().SequenceEqual(actual));
    }

    private static float[] Values(int count, int seed)
    {
        var random = new System.Random(seed);
        return Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f).ToArray();
    }
}
