using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;

namespace Distributed.Numerics.Tests.Optimizers;

public sealed class GradientClippingTests
{
    private const int SampleCount = 30;
    private static readonly ParameterLayout Layout = ParameterLayout.For(new NetworkShape(7, [13], 3, Activation.Relu, 0f));

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void ALongGradientGetsTheLimitsNorm(InstructionSet set)
    {
        foreach (float limit in new[] { 1e-3f, 0.5f, 2f })
        {
            float[] sum = Samples.Uniform(Layout.Count, -20f, 20f, 4);
            float scale = GradientClipping.MeanScale(set, sum, SampleCount, limit);
            Assert.Equal(limit, Norm(sum.Select(g => (double)g * scale)), 1e-6 * limit);
        }
    }

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void AShortGradientKeepsItsBits(InstructionSet set)
    {
        float[] sum = Samples.Uniform(Layout.Count, -20f, 20f, 4);
        float norm = (float)(Norm(sum.Select(g => (double)g)) / SampleCount);
        Bits.AssertEqual([1f / SampleCount], [GradientClipping.MeanScale(set, sum, SampleCount, 1.001f * norm)]);
        Assert.NotEqual(1f / SampleCount, GradientClipping.MeanScale(set, sum, SampleCount, 0.999f * norm));
        Bits.AssertEqual([1f / SampleCount], [GradientClipping.MeanScale(set, new float[5], SampleCount, 1e-30f)]);
    }

    /// <summary>A step of plain descent with rate 1 goes exactly as far as the limit; every width and split has the same bits.</summary>
    [Fact]
    public void AnOptimizersStepIsClipped()
    {
        var settings = new OptimizerSettings(OptimizerKind.Sgd, 0f, 0f, 0f, 1e-8f, 0f, ClipNorm: 0.25f);
        float[] gradient = Samples.Uniform(Layout.Count, -20f, 20f, 4);
        float[]? expected = null;
        foreach (InstructionSet set in InstructionSets.Supported)
        {
            float[] weights = new float[Layout.Count];
            Optimizer.Create(settings, Layout, set).Update(weights, gradient, SampleCount, 1f);
            Assert.Equal(0.25, Norm(weights.Select(w => (double)w)), 1e-6);
            Bits.AssertEqual(expected ??= weights, weights);
        }
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}
