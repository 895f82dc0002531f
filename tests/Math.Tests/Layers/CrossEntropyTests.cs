using Distributed.Numerics.Kernels;
using Distributed.Numerics.Layers;
using Distributed.Numerics.Models;

namespace Distributed.Numerics.Tests.Layers;

public sealed class CrossEntropyTests
{
    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void LossAndGradientAreTheTextbooks(InstructionSet set)
    {
        const int Classes = 10;
        const int Rows = 37;
        const double Step = 1e-5;
        float[] z = Samples.Uniform(Rows * Classes, -8f, 8f);
        int[] labels = Enumerable.Range(0, Rows).Select(i => i % Classes).ToArray();
        var pass = new LossPass(set);
        float[] dZ = pass.Run(LogitRows.Pad(z, Classes), labels).ToArray();
        CrossEntropy.Backward(labels, dZ);
        for (int row = 0; row < Rows; row++)
        {
            double[] logits = z.AsSpan(row * Classes, Classes).ToArray().Select(value => (double)value).ToArray();
            Assert.Equal(Loss(logits, labels[row]), pass.Losses(Rows)[row], 1e-6);
            for (int c = 0; c < Classes; c++)
            {
                double above = Loss(logits.Select((value, i) => i == c ? value + Step : value), labels[row]);
                double below = Loss(logits.Select((value, i) => i == c ? value - Step : value), labels[row]);
                Assert.Equal((above - below) / (2 * Step), dZ[(row * Softmax.Stride(Classes)) + c], 1e-6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void LossesHaveTheSameBitsAtEveryWidth(InstructionSet set)
    {
        for (int rows = 1; rows <= 40; rows++)
        {
            float[] logits = LogitRows.Pad(Samples.Uniform(rows * 19, -30f, 30f, rows), 19);
            int[] labels = Enumerable.Range(0, rows).Select(i => i % 19).ToArray();
            var scalar = new LossPass(InstructionSet.Scalar);
            var wide = new LossPass(set);
            Bits.AssertEqual(scalar.Run(logits, labels), wide.Run(logits, labels));
            for (int row = 0; row < rows; row++)
            {
                Bits.AssertEqual(scalar.Losses(rows)[row], wide.Losses(rows)[row]);
            }

            Assert.Equal(scalar.Correct, wide.Correct);
        }
    }

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void SmoothedLossesAndGradientsHaveTheSameBitsAtEveryWidthAndNoneInThePadding(InstructionSet set)
    {
        const int Classes = 19;
        var smoothing = new LabelSmoothing(0.1f, Classes);
        for (int rows = 1; rows <= 40; rows++)
        {
            float[] logits = LogitRows.Pad(Samples.Uniform(rows * Classes, -30f, 30f, rows), Classes);
            int[] labels = Enumerable.Range(0, rows).Select(i => i % Classes).ToArray();
            (float[] expected, double[] losses) = Smoothed(InstructionSet.Scalar, logits, labels, smoothing);
            (float[] dZ, double[] wideLosses) = Smoothed(set, logits, labels, smoothing);
            Bits.AssertEqual(expected, dZ);
            for (int row = 0; row < rows; row++)
            {
                Bits.AssertEqual(losses[row], wideLosses[row]);
                Assert.All(dZ[((row * Softmax.Stride(Classes)) + Classes)..((row + 1) * Softmax.Stride(Classes))], value => Assert.Equal(0f, value));
            }
        }
    }

    private static (float[] DZ, double[] Losses) Smoothed(InstructionSet set, float[] logits, int[] labels, LabelSmoothing smoothing)
    {
        var pass = new LossPass(set);
        float[] dZ = pass.Run(logits, labels).ToArray();
        pass.Smooth(logits, labels, smoothing);
        CrossEntropy.Backward(labels, smoothing, dZ);
        return (dZ, pass.Losses(labels.Length).ToArray());
    }

    [Theory]
    [InlineData(new[] { 1f, 2f, 3f }, 2, true)]
    [InlineData(new[] { 1f, 2f, 3f }, 1, false)]
    [InlineData(new[] { 3f, 2f, 3f }, 0, true)]
    [InlineData(new[] { 3f, 2f, 3f }, 2, false)]
    [InlineData(new[] { 0f, -0f, -1f }, 0, true)]
    [InlineData(new[] { -0f, 0f, -1f }, 1, false)]
    [InlineData(new[] { 1f, float.NaN, 0f }, 0, false)]
    [InlineData(new[] { float.PositiveInfinity, 1f, 0f }, 0, false)]
    public void TiesGoToTheLowestClassAndANaNIsNeverRight(float[] z, int label, bool correct)
    {
        var pass = new LossPass(InstructionSets.Best);
        _ = pass.Run(LogitRows.Pad(z, z.Length), [label]);
        Assert.Equal(correct ? 1 : 0, pass.Correct);
    }

    [Fact]
    public void ACertainWrongAnswerHasAFiniteLoss()
    {
        var pass = new LossPass(InstructionSets.Best);
        _ = pass.Run(LogitRows.Pad([500f, -500f], 2), [1]);
        Assert.Equal(1000.0, pass.Losses(1)[0]);
    }

    private static double Loss(IEnumerable<double> logits, int label)
    {
        double max = logits.Max();
        return Math.Log(logits.Select(z => Math.Exp(z - max)).Sum()) - (logits.ElementAt(label) - max);
    }
}
