using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;
using Distributed.Numerics.Reduction;

namespace Distributed.Numerics.Tests.Models;

/// <summary>
/// The gradient and the loss against central finite differences of a plain double-precision network: every layer, activation and loss, with
/// and without dropout.
/// </summary>
public sealed class GradientByDifferencesTests
{
    private const int SampleCount = 11;

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void GradientOfEveryShape(InstructionSet set)
    {
        foreach (NetworkShape shape in NetworkCases.Shapes())
        {
            AssertGradient(shape, set);
        }
    }

    private static void AssertGradient(NetworkShape shape, InstructionSet set)
    {
        var samples = new MadeUpSamples(SampleCount, shape.Inputs, shape.Outputs);
        float[] weights = NetworkCases.Weights(shape);
        float[] gradient = new float[weights.Length];
        var plan = new MicrobatchPlan(SampleCount, microbatches: 3);
        PartialStatistics statistics = new NetworkGradient(shape, set).Compute(
            weights, samples, plan, new MicrobatchRange(0, plan.Count), NetworkCases.Key, gradient);

        var reference = new ReferenceNetwork(shape, NetworkCases.Key);
        double[] doubles = Array.ConvertAll(weights, w => (double)w);
        double[] expected = reference.Gradient(doubles, samples, 0, SampleCount);
        for (int i = 0; i < weights.Length; i++)
        {
            double tolerance = 2e-5 + (2e-5 * Math.Abs(expected[i]));
            Assert.True(Math.Abs(expected[i] - gradient[i]) <= tolerance, $"{shape} parameter {i}: {gradient[i]} instead of {expected[i]}");
        }

        Assert.Equal(reference.LossSum(doubles, samples, 0, SampleCount), statistics.LossSum, 1e-5);
        Assert.Equal(SampleCount, statistics.Samples);
    }
}
