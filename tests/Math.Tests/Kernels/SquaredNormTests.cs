using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Tests.Kernels;

public sealed class SquaredNormTests
{
    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void EqualsThePlainLoopAtEveryLength(InstructionSet set)
    {
        for (int length = 0; length <= 256; length++)
        {
            float[] values = Samples.Uniform(length, -3f, 3f, length);
            Bits.AssertEqual(Plain(values), SquaredNorm.Of(set, values));
        }
    }

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void SpecialValuesCountAtEveryPosition(InstructionSet set)
    {
        foreach (float special in Samples.Special)
        {
            for (int position = 0; position < 40; position++)
            {
                float[] values = Samples.Uniform(40, -3f, 3f, position);
                values[position] = special;
                double expected = Plain(values);
                double actual = SquaredNorm.Of(set, values);
                Assert.True(expected.Equals(actual), $"{special} at {position}: {expected} and {actual}");
            }
        }
    }

    /// <summary>The largest float's square is far from double's limits, the smallest one's is not lost.</summary>
    [Fact]
    public void TheRangeOfFloatsFits()
    {
        Assert.True(double.IsFinite(SquaredNorm.Of(InstructionSets.Best, Enumerable.Repeat(float.MaxValue, 1000).ToArray())));
        Assert.True(SquaredNorm.Of(InstructionSets.Best, [float.Epsilon]) > 0);
    }

    private static double Plain(float[] x)
    {
        double[] lanes = new double[16];
        for (int i = 0; i < x.Length; i++)
        {
            lanes[i % 16] += (double)x[i] * x[i];
        }

        double Node(int lane, int stride) => stride == 16 ? lanes[lane] : Node(lane, 2 * stride) + Node(lane + stride, 2 * stride);
        return Node(0, 1);
    }
}
