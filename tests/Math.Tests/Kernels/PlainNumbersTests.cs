using Distributed.Numerics.Kernels;
using Distributed.Numerics.Random;

namespace Distributed.Numerics.Tests.Kernels;

/// <summary>What counts as a number of ordinary size, and that products of zeros change no chain of products of such numbers.</summary>
public sealed class PlainNumbersTests
{
    private const float Least = 1f / (1L << 60), Most = 1L << 60;

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void OneWeightOutsideTheBoundsIsFoundWhereverItIs(InstructionSet set)
    {
        float[] outside =
        [
            0f, -0f, float.NaN, -float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -1e-40f,
            MathF.BitDecrement(Least), -MathF.BitDecrement(Least), MathF.BitIncrement(Most), -MathF.BitIncrement(Most), float.MaxValue,
        ];
        for (int length = 1; length <= 70; length += 3)
        {
            float[] weights = [.. Enumerable.Range(0, length).Select(i => (i % 4) switch { 0 => Least, 1 => -Least, 2 => Most, _ => -Most })];
            Assert.True(PlainNumbers.AreWeights(set, weights));
            for (int i = 0; i < length; i++)
            {
                float kept = weights[i];
                weights[i] = outside[i % outside.Length];
                Assert.False(PlainNumbers.AreWeights(set, weights), $"{weights[i]} at {i} of {length}");
                weights[i] = kept;
            }
        }

        foreach (float value in outside)
        {
            Assert.False(PlainNumbers.AreWeights(set, [1f, value]), $"{value}");
        }
    }

    [Fact]
    public void FeaturesAreJudgedByWhatBytesBecome()
    {
        Assert.True(PlainNumbers.AreFeatures(new ByteScale(0f, 1f / 255)));
        Assert.True(PlainNumbers.AreFeatures(new ByteScale(33.3f, 1f / 78)));
        Assert.True(PlainNumbers.AreFeatures(new ByteScale(128f, -1f)));
        Assert.False(PlainNumbers.AreFeatures(new ByteScale(0f, 1e-7f)));
        Assert.False(PlainNumbers.AreFeatures(new ByteScale(0f, 1e7f)));
        Assert.False(PlainNumbers.AreFeatures(new ByteScale(0f, float.NaN)));
        Assert.False(PlainNumbers.AreFeatures(new ByteScale(float.PositiveInfinity, 1f)));
    }

    /// <summary>Chains that nearly or wholly cancel at every step, of numbers as small as they may be.</summary>
    [Fact]
    public void ProductsOfZerosChangeNoChain()
    {
        Prng random = Prng.ForAuxiliary(1, 11);
        for (int chain = 0; chain < 20_000; chain++)
        {
            (float whole, float part) = (0f, 0f);
            for (int step = 0; step < 12; step++)
            {
                float zero = random.NextSingle() < 0.5f ? 0f : -0f;
                whole = MathF.FusedMultiplyAdd(zero, Weight(ref random), whole);
                float x = (1 + random.NextSingle()) / (1 << 20);
                float w = part == 0f || random.NextSingle() < 0.3f ? Weight(ref random) : Counter(part, x, ref random);
                Assert.True(PlainNumbers.AreWeights(InstructionSet.Scalar, [w]));
                whole = MathF.FusedMultiplyAdd(x, w, whole);
                part = MathF.FusedMultiplyAdd(x, w, part);
                Assert.Equal(BitConverter.SingleToInt32Bits(part), BitConverter.SingleToInt32Bits(whole));
                Assert.False(float.IsNegative(part) && part == 0f);
            }
        }
    }

    private static float Weight(ref Prng random)
    {
        float w = Least * (1 + random.NextSingle());
        return random.NextSingle() < 0.5f ? w : -w;
    }

    /// <summary>What takes <paramref name="sum"/> as near to 0 as a weight can, or a step beside it.</summary>
    private static float Counter(float sum, float x, ref Prng random)
    {
        float w = -sum / x;
        w = random.NextSingle() < 0.3f ? MathF.BitIncrement(w) : random.NextSingle() < 0.5f ? MathF.BitDecrement(w) : w;
        return MathF.Abs(w) >= Least ? w : Weight(ref random);
    }
}
