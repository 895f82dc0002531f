using Distributed.Numerics.Random;

namespace Distributed.Numerics.Tests.Random;

public sealed class PermutationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void HoldsEverySampleOnce(int samples)
    {
        int[] order = Shuffle(42, 3, samples);
        Assert.Equal(Enumerable.Range(0, samples), order.Order());
    }

    [Fact]
    public void DependsOnSeedAndEpochAlone()
    {
        int[] order = new int[100];
        Array.Fill(order, 7);
        Permutation.Shuffle(1, 2, order);
        Assert.Equal(Shuffle(1, 2, 100), order);
        Assert.NotEqual(Shuffle(1, 3, 100), order);
        Assert.NotEqual(Shuffle(2, 2, 100), order);
    }

    [Fact]
    public void EveryOrderOfFourIsEquallyLikely()
    {
        const int Epochs = 24_000;
        var counts = new Dictionary<string, int>();
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            string key = string.Join(",", Shuffle(9, epoch, 4));
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        Assert.Equal(24, counts.Count);
        double chiSquare = counts.Values.Select(count => (count - 1000.0) * (count - 1000.0) / 1000.0).Sum();
        Assert.InRange(chiSquare, 0, 23 + (6 * Math.Sqrt(2 * 23)));
    }

    private static int[] Shuffle(ulong seed, int epoch, int samples)
    {
        int[] order = new int[samples];
        Permutation.Shuffle(seed, epoch, order);
        return order;
    }
}
