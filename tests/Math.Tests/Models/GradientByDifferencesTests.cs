using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;
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
            AssertGradient(shape, set, labelSmoothing: 0f);
            AssertGradient(shape, set, labelSmoothing: 0.2f);
        }
    }

    /// <summary>A step of gradient descent follows the gradient of mean loss + λ/2·‖W‖², biases left out of the penalty.</summary>
    [Fact]
    public void AnUpdateDescendsThePenalisedMeanLoss()
    {
        const float Rate = 0.5f;
        const float L2 = 0.3f;
        var shape = new NetworkShape(5, [9], 4, Activation.Tanh, Dropout: 0.4f);
        var samples = new MadeUpSamples(SampleCount, shape.Inputs, shape.Outputs);
        ParameterLayout layout = ParameterLayout.For(shape);
        float[] before = NetworkCases.Weights(shape);
        float[] weights = [.. before];
        float[] gradient = new float[layout.Count];
        var plan = new MicrobatchPlan(SampleCount, microbatches: 8);
        new NetworkGradient(shape, InstructionSets.Best).Compute(
            weights, samples, plan, new MicrobatchRange(0, plan.Count), NetworkCases.Key, gradient);
        Optimizer.Create(new OptimizerSettings(OptimizerKind.Sgd, 0f, 0f, 0f, 1e-8f, L2), layout, InstructionSets.Best)
            .Update(weights, gradient, SampleCount, Rate);

        double[] loss = new ReferenceNetwork(shape, NetworkCases.Key).Gradient(Array.ConvertAll(before, w => (double)w), samples, 0, SampleCount);
        foreach (ParameterTensor tensor in layout.Tensors)
        {
            for (int i = tensor.Offset; i < tensor.Offset + tensor.Count; i++)
            {
                double penalty = tensor.IsBias ? 0 : L2 * before[i];
                Assert.Equal(before[i] - (Rate * ((loss[i] / SampleCount) + penalty)), weights[i], 2e-6);
            }
        }
    }

    private static void AssertGradient(NetworkShape shape, InstructionSet set, float labelSmoothing)
    {
        var samples = new MadeUpSamples(SampleCount, shape.Inputs, shape.Outputs);
        float[] weights = NetworkCases.Weights(shape);
        float[] gradient = new float[weights.Length];
        var plan = new MicrobatchPlan(SampleCount, microbatches: 3);
        PartialStatistics statistics = new NetworkGradient(shape, set, labelSmoothing).Compute(
            weights, samples, plan, new MicrobatchRange(0, plan.Count), NetworkCases.Key, gradient);

        var reference = new ReferenceNetwork(shape, NetworkCases.Key, labelSmoothing);
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
