using Distributed.Numerics.Random;

namespace Distributed.Numerics.Tests.Random;

public sealed class PrngTests
{
    private const int Draws = 100_000;

    [Fact]
    public void AStreamIsTheBlocksOfItsCounterInOrder()
    {
        Prng random = Prng.ForPermutation(seed: 0xfeed_beef_0123_4567, epoch: 9);
        for (uint block = 0; block < 3; block++)
        {
            PhiloxBlock expected = Philox.Block(new PhiloxBlock(block, 0, 9, 1u << 24), 0xfeed_beef_0123_4567);
            Assert.Equal(
                expected, new PhiloxBlock(random.NextUInt32(), random.NextUInt32(), random.NextUInt32(), random.NextUInt32()));
        }
    }

    [Fact]
    public void StreamsOfDifferentNamesDiffer()
    {
        Prng[] streams =
        [
            Prng.ForPermutation(
                1, 0), Prng.ForPermutation(1, 1), Prng.ForPermutation(2, 0), Prng.ForInitialization(1, 0), Prng.ForInitialization(1, 1),
            Prng.ForSplit(1), Prng.ForAuxiliary(1, 0),
        ];
        Assert.Equal(streams.Length, streams.Select(stream => stream.NextUInt64()).Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(97)]
    public void BoundedIntegersAreUniform(int bound)
    {
        int[] counts = new int[bound];
        Prng random = Prng.ForAuxiliary(5, bound);
        for (int i = 0; i < Draws; i++)
        {
            counts[random.NextInt32(bound)]++;
        }

        // χ² has mean bound-1 and variance 2(bound-1); six deviations above it is one run in a billion, and the seed is fixed.
        double expected = (double)Draws / bound;
        double chiSquare = counts.Select(count => (count - expected) * (count - expected) / expected).Sum();
        Assert.InRange(chiSquare, 0, bound - 1 + (6 * Math.Sqrt(2.0 * bound)));
    }

    /// <summary>With a bound of 3·2²⁹ the plain high word would give a third of the results twice as often.</summary>
    [Fact]
    public void LargeBoundsAreUnbiased()
    {
        const int Bound = 3 << 29;
        Prng random = Prng.ForAuxiliary(6, 0);
        int[] byRemainder = new int[3];
        for (int i = 0; i < Draws; i++)
        {
            byRemainder[random.NextInt32(Bound) % 3]++;
        }

        Assert.All(byRemainder, count => Assert.InRange(count, (Draws / 3) - 1000, (Draws / 3) + 1000));
    }

    [Fact]
    public void UniformFloatsHaveTheirMoments()
    {
        Prng random = Prng.ForAuxiliary(7, 0);
        double[] values = Enumerable.Range(0, Draws).Select(_ => (double)random.NextSingle()).ToArray();
        Assert.All(values, value => Assert.InRange(value, 0, 0.99999999));
        Assert.Equal(0.5, values.Average(), 0.005);
        Assert.Equal(1 / 12.0, values.Average(value => (value - 0.5) * (value - 0.5)), 0.002);
        Prng doubles = Prng.ForAuxiliary(7, 1);
        Assert.Equal(0.5, Enumerable.Range(0, Draws).Average(_ => doubles.NextDouble()), 0.005);
    }

    [Fact]
    public void NormalsHaveTheirMomentsAndTails()
    {
        Prng random = Prng.ForAuxiliary(8, 0);
        double[] values = Enumerable.Range(0, Draws).Select(_ => (double)random.NextNormal()).ToArray();
        Assert.Equal(0, values.Average(), 0.015);
        Assert.Equal(1, values.Average(value => value * value), 0.02);
        Assert.Equal(0, values.Average(value => value * value * value), 0.05);
        Assert.Equal(3, values.Average(value => value * value * value * value), 0.12);
        Assert.Equal(0.3173, (double)values.Count(value => Math.Abs(value) > 1) / Draws, 0.008);
        Assert.Equal(0.0027, (double)values.Count(value => Math.Abs(value) > 3) / Draws, 0.001);
    }
}
