using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;

namespace Distributed.Numerics.Tests.Models;

public sealed class NetworkInferenceTests
{
    private const int Rows = 23;

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void BlocksAndWidthsDoNotChangeABit(InstructionSet set)
    {
        foreach (NetworkShape shape in NetworkCases.Shapes())
        {
            var samples = new MadeUpSamples(Rows, shape.Inputs, shape.Outputs);
            float[] weights = NetworkCases.Weights(shape);
            (float[] expected, PartialStatistics statistics) = Run(shape, InstructionSet.Scalar, 1000, weights, samples);
            foreach (int rowsMax in new[] { 1, 5, 16, 1000 })
            {
                (float[] probabilities, PartialStatistics same) = Run(shape, set, rowsMax, weights, samples);
                Bits.AssertEqual(expected, probabilities);
                Assert.Equal(statistics, same);
            }
        }
    }

    [Fact]
    public void IsTheReferenceNetworkWithoutDropout()
    {
        foreach (NetworkShape shape in NetworkCases.Shapes())
        {
            var samples = new MadeUpSamples(Rows, shape.Inputs, shape.Outputs);
            float[] weights = NetworkCases.Weights(shape);
            (float[] probabilities, PartialStatistics statistics) = Run(shape, InstructionSets.Best, 1000, weights, samples);
            var reference = new ReferenceNetwork(shape with { Dropout = 0f }, default);
            Assert.Equal(reference.LossSum(Array.ConvertAll(weights, w => (double)w), samples, 0, Rows), statistics.LossSum, 1e-5);
            for (int row = 0; row < Rows; row++)
            {
                float[] p = probabilities[(row * shape.Outputs)..((row + 1) * shape.Outputs)];
                Assert.Equal(1.0, p.Select(value => (double)value).Sum(), 1e-6);
                double loss = reference.LossSum(Array.ConvertAll(weights, w => (double)w), samples, row, 1);
                Assert.Equal(Math.Exp(-loss), p[samples.AllLabels[row]], 1e-6);
            }
        }
    }

    [Fact]
    public void PartsContinueTheSums()
    {
        NetworkShape shape = NetworkCases.Shapes().First();
        var samples = new MadeUpSamples(Rows, shape.Inputs, shape.Outputs);
        float[] weights = NetworkCases.Weights(shape);
        var inference = new NetworkInference(shape, InstructionSets.Best);
        PartialStatistics whole = inference.Evaluate(weights, samples.AllFeatures, samples.AllLabels, Rows);
        PartialStatistics parts = default;
        for (int row = 0; row < Rows; row++)
        {
            parts = inference.Evaluate(
                weights, samples.AllFeatures.Slice(row * shape.Inputs, shape.Inputs), samples.AllLabels.Slice(row, 1), 1, parts);
        }

        Assert.Equal(whole, parts);
        Assert.Equal(default, inference.Evaluate(weights, [], [], 0));
    }

    /// <summary>What is counted for a class is what evaluating its samples alone counts.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(1000)]
    public void CorrectPredictionsAreCountedByClass(int rowsMax)
    {
        foreach (NetworkShape shape in NetworkCases.Shapes())
        {
            var samples = new MadeUpSamples(Rows, shape.Inputs, shape.Outputs);
            float[] weights = NetworkCases.Weights(shape);
            var inference = new NetworkInference(shape, InstructionSets.Best, rowsMax);
            int[] byClass = new int[shape.Outputs];
            PartialStatistics whole = inference.Evaluate(weights, samples.AllFeatures, samples.AllLabels, Rows, default, byClass);
            Assert.Equal(inference.Evaluate(weights, samples.AllFeatures, samples.AllLabels, Rows), whole);
            int[] expected = new int[shape.Outputs];
            for (int row = 0; row < Rows; row++)
            {
                ReadOnlySpan<float> features = samples.AllFeatures.Slice(row * shape.Inputs, shape.Inputs);
                expected[samples.AllLabels[row]] += inference.Evaluate(weights, features, samples.AllLabels.Slice(row, 1), 1).Correct;
            }

            Assert.Equal(expected, byClass);
            Assert.Equal(whole.Correct, byClass.Sum());
        }
    }

    private static (float[] Probabilities, PartialStatistics Statistics) Run(
        NetworkShape shape, InstructionSet set, int rowsMax, float[] weights, MadeUpSamples samples)
    {
        var inference = new NetworkInference(shape, set, rowsMax);
        var probabilities = new GuardedBuffer(samples.Count * shape.Outputs);
        inference.Predict(weights, samples.AllFeatures, samples.Count, probabilities.Span);
        probabilities.AssertGuards();
        return (probabilities.Span.ToArray(), inference.Evaluate(weights, samples.AllFeatures, samples.AllLabels, samples.Count));
    }
}
