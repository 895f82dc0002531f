using Distributed.Numerics.Kernels;
using Distributed.Numerics.Layers;
using Distributed.Numerics.Models;
using Distributed.Numerics.Reduction;

namespace Distributed.Numerics.Tests.Models;

/// <summary>A gradient has the same bits whether features that are 0 in a whole block are left out or multiplied.</summary>
public sealed class NonzeroFeaturesTests
{
    private const int Inputs = 91;
    private static readonly ByteScale Scale = new(0f, 1f / 255);
    private static readonly MicrobatchPlan Plan = new(samples: 45, microbatches: 8);

    public static TheoryData<InstructionSet> Sets => Widths.Supported;

    [Theory]
    [MemberData(nameof(Sets))]
    public void TheBitsAreThoseOfTheWholeProducts(InstructionSet set)
    {
        foreach (int[] hidden in new int[][] { [32], [33, 6], [128, 64], [300] })
        {
            foreach (Activation activation in Enum.GetValues<Activation>())
            {
                NetworkShape shape = Shape(hidden, activation);
                AssertSame(shape, set, NetworkCases.Weights(shape), rowsMax: 1000);
                AssertSame(shape, set, NetworkCases.Weights(shape), rowsMax: 23);
                AssertSame(shape, set, NetworkCases.Weights(shape), rowsMax: 4);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void WeightsOfAnyKindGiveTheBitsOfTheWholeProducts(InstructionSet set)
    {
        NetworkShape shape = Shape([32], Activation.Tanh);
        foreach (float special in Samples.Special)
        {
            foreach (int place in new[] { 0, 5 * 32, (Inputs * 32) - 1, Inputs * 32, (Inputs * 32) + 40 })
            {
                float[] weights = NetworkCases.Weights(shape);
                weights[place] = special;
                AssertSame(shape, set, weights, rowsMax: 1000);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void OnlyZeroFeaturesAreLeftOut(InstructionSet set)
    {
        NetworkShape shape = Shape([32], Activation.Relu);
        var source = new Pictures(Plan.Samples, scaled: true);
        float[] X = source.Gather(0, 16);
        var nonzero = new NonzeroFeatures(shape, set);
        Assert.True(nonzero.Take(X.AsSpan(), 16, Scale, NetworkCases.Weights(shape).AsSpan(0, Inputs * 32)));
        DenseInput block = nonzero.Block;
        int[] expected = [.. Enumerable.Range(0, Inputs).Where(f => Enumerable.Range(0, 16).Any(row => X[(row * Inputs) + f] != 0f))];
        Assert.Equal(expected, block.Places.ToArray());
        Assert.InRange(expected.Length, 1, Inputs / 2);
        for (int row = 0; row < 16; row++)
        {
            float[] kept = [.. expected.Select(f => X[(row * Inputs) + f])];
            Bits.AssertEqual(kept, block.Floats.Slice(row * expected.Length, expected.Length));
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void NothingIsLeftOutWhereZerosCount(InstructionSet set)
    {
        NetworkShape shape = Shape([32], Activation.Relu);
        float[] X = new Pictures(Plan.Samples, scaled: true).Gather(0, 16), W = NetworkCases.Weights(shape)[..(Inputs * 32)];
        var nonzero = new NonzeroFeatures(shape, set);
        Assert.False(nonzero.Take(X.AsSpan(), 16, scale: null, W));
        Assert.False(nonzero.Take(X.AsSpan(), 16, new ByteScale(0f, 1e-9f), W));
        Assert.True(nonzero.Take(X.AsSpan(), 16, Scale, W));
        Assert.True(nonzero.MayReplace([1f, -0f, 1e-44f]));
        Assert.False(nonzero.MayReplace([1f, float.NaN]));
        Assert.False(nonzero.MayReplace([float.NegativeInfinity, 1f]));
        W[^1] = float.NaN;
        Assert.False(nonzero.Take(X.AsSpan(), 16, Scale, W));
        Assert.False(nonzero.MayReplace([1f]));
    }

    private static NetworkShape Shape(int[] hidden, Activation activation) => new(Inputs, hidden, Outputs: 10, activation, Dropout: 0f);

    private static void AssertSame(NetworkShape shape, InstructionSet set, float[] weights, int rowsMax)
    {
        foreach (MicrobatchRange node in new MicrobatchRange[] { new(0, 8), new(4, 4), new(2, 2), new(7, 1) })
        {
            (float[] expected, PartialStatistics statistics) = Compute(shape, InstructionSet.Scalar, weights, 1000, node, scaled: false);
            (float[] actual, PartialStatistics same) = Compute(shape, set, weights, rowsMax, node, scaled: true);
            Bits.AssertEqual(expected, actual);
            Bits.AssertEqual(statistics.LossSum, same.LossSum);
            Assert.Equal(statistics.Correct, same.Correct);
        }
    }

    private static (float[] Gradient, PartialStatistics Statistics) Compute(
        NetworkShape shape, InstructionSet set, float[] weights, int rowsMax, MicrobatchRange node, bool scaled)
    {
        var gradient = new GuardedBuffer(weights.Length);
        gradient.Span.Fill(float.NaN);
        var network = new NetworkGradient(shape, set, rowsMax);
        PartialStatistics statistics = default;
        for (int repeat = 0; repeat < 2; repeat++)
        {
            // The second time with the scratch of the first.
            statistics = network.Compute(weights, new Pictures(Plan.Samples, scaled), Plan, node, NetworkCases.Key, gradient.Span);
        }

        gradient.AssertGuards();
        return (gradient.Span.ToArray(), statistics);
    }

    /// <summary>Bytes that are 0 in most places, and in some features always.</summary>
    private sealed class Pictures(int samples, bool scaled) : ISampleSource
    {
        public int Features => Inputs;

        public ByteScale? ByteScale => scaled ? Scale : null;

        public float[] Gather(int first, int count)
        {
            float[] features = new float[count * Inputs];
            Gather(first, count, features, new int[count]);
            return features;
        }

        public void Gather(int first, int count, Span<float> features, Span<int> labels)
        {
            Check.That(first + count <= samples);
            for (int i = 0; i < count; i++)
            {
                labels[i] = (first + i) * 7 % 10;
                for (int f = 0; f < Inputs; f++)
                {
                    bool isInk = f / 7 % 3 == 1 && (first + i + f) % 3 == 0;
                    features[(i * Inputs) + f] = ((isInk ? (byte)((f * 31) + first + i) : 0) - Scale.Offset) * Scale.Factor;
                }
            }
        }

        public void GatherBytes(int first, int count, Span<byte> features, int ld, Span<int> labels) => throw new NotSupportedException();

        public void Locate(int first, Span<nint> addresses) => throw new NotSupportedException();
    }
}
