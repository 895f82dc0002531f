using Distributed.Numerics.Kernels;
using Distributed.Numerics.Layers;

namespace Distributed.Numerics.Tests.Layers;

public sealed class SoftmaxTests
{
    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void EqualsScalarForEveryNumberOfClasses(InstructionSet set)
    {
        for (int classes = 2; classes <= 256; classes++)
        {
            AssertEqualsScalar(set, LogitRows.Pad(Samples.Uniform(3 * classes, -9f, 9f, classes), classes), rows: 3);
        }
    }

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void EqualsScalarWithSpecialValuesAtEachPosition(InstructionSet set)
    {
        foreach (float special in Samples.Special)
        {
            for (int position = 0; position < 20; position++)
            {
                float[] z = Samples.Uniform(20, -3f, 3f);
                z[position] = special;
                AssertEqualsScalar(set, LogitRows.Pad(z, 20), rows: 1);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void ManyShortRowsTogetherEqualScalar(InstructionSet set)
    {
        for (int rows = 1; rows <= 40; rows++)
        {
            AssertEqualsScalar(set, LogitRows.Pad(Samples.Uniform(rows * 10, -9f, 9f, rows), 10), rows);
        }
    }

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void SpecialValuesInOneOfManyShortRowsEqualScalar(InstructionSet set)
    {
        foreach (float special in Samples.Special)
        {
            for (int position = 0; position < 17 * 16; position += 7)
            {
                float[] z = Samples.Uniform(17 * 16, -3f, 3f);
                z[position] = special;
                AssertEqualsScalar(set, z, rows: 17);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(100)]
    public void IsTheTextbookSoftmax(int classes)
    {
        float[] z = Samples.Uniform(5 * classes, -20f, 20f);
        (float[] p, _, _) = Forward(InstructionSets.Best, LogitRows.Pad(z, classes), rows: 5);
        for (int row = 0; row < 5; row++)
        {
            double[] exponentials = z.AsSpan(row * classes, classes).ToArray().Select(value => Math.Exp(value)).ToArray();
            for (int c = 0; c < classes; c++)
            {
                Assert.Equal(exponentials[c] / exponentials.Sum(), p[(row * Softmax.Stride(classes)) + c], 3e-7);
            }
        }
    }

    [Fact]
    public void LargeLogitsDoNotOverflow()
    {
        (float[] p, _, float[] sums) = Forward(InstructionSets.Best, LogitRows.Pad([3e38f, 3e38f, -3e38f], 3), rows: 1);
        Assert.Equal([0.5f, 0.5f, 0f], p[..3]);
        Assert.Equal(2f, sums[0]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void ABadLogitMakesTheWholeRowNaN(float bad)
    {
        (float[] p, _, _) = Forward(InstructionSets.Best, LogitRows.Pad([0f, bad, 1f, 0f, 1f, 2f], 3), rows: 2);
        Assert.All(p[..3], value => Assert.True(float.IsNaN(value)));
        Assert.All(p[16..19], value => Assert.True(float.IsFinite(value)));
    }

    private static void AssertEqualsScalar(InstructionSet set, float[] logits, int rows)
    {
        (float[] p, float[] maxima, float[] sums) = Forward(InstructionSet.Scalar, logits, rows);
        (float[] samePs, float[] sameMaxima, float[] sameSums) = Forward(set, logits, rows);
        Bits.AssertEqual(p, samePs);
        Bits.AssertEqual(maxima, sameMaxima);
        Bits.AssertEqual(sums, sameSums);
    }

    private static (float[] P, float[] Maxima, float[] Sums) Forward(InstructionSet set, float[] logits, int rows)
    {
        var p = new GuardedBuffer(logits.Length);
        float[] maxima = new float[rows];
        float[] sums = new float[rows];
        Softmax.Forward(set, logits, p.Span, maxima, sums);
        p.AssertGuards();
        return (p.Span.ToArray(), maxima, sums);
    }
}
