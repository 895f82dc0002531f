using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Exports;
using Distributed.Numerics.Models;
using Distributed.Protocol.Datasets;

namespace Distributed.Peers;

/// <summary>ONNX Runtime (its WebAssembly build, in Node) runs what is exported.</summary>
public sealed class OnnxRuntimeTests
{
    private const double ProbabilityTolerance = 1e-5;

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Tanh)]
    public void Every_test_digit_gets_the_same_prediction(Activation activation)
    {
        TrainedModel model = PeerModel.Random(PeerModel.Digits(activation), PeerModel.Pixels, seed: 7 + (int)activation);
        float[] pixels = TestDigits.Pixels;
        float[] found = Predict(model, new OnnxOptions(), pixels, "probabilities");
        double[][] expected = [.. PlainNetwork.Logits(model, pixels).Select(PlainNetwork.Softmax)];

        Assert.Equal(10_000, expected.Length);
        Assert.Equal(10 * expected.Length, found.Length);
        Assert.Equal(expected.Select(BestClass), Rows(found).Select(BestClass));
        Assert.True(LargestDifference(expected, found) <= ProbabilityTolerance);
    }

    [Fact]
    public void Logits_and_features_that_were_scaled_already_are_a_choice()
    {
        TrainedModel model = PeerModel.Random(PeerModel.Digits(Activation.Relu), new FeatureScale(33.3f, 1f / 78.5f), seed: 3);
        float[] pixels = TestDigits.Pixels;
        float[] scaled = Array.ConvertAll(pixels, pixel => (pixel - model.Scale.Offset) * model.Scale.Factor);
        float[] found = Predict(model, new OnnxOptions { Softmax = false, RawFeatures = false }, scaled, "logits");
        double[][] expected = PlainNetwork.Logits(model, pixels);

        Assert.True(LargestDifference(expected, found) <= 1e-4 * expected.Max(row => row.Max(Math.Abs)));
        Assert.Equal(expected.Select(BestClass), Rows(found).Select(BestClass));
    }

    [Fact]
    public void A_network_without_hidden_layers_runs()
    {
        var shape = new NetworkShape(784, [], 10, Activation.Relu, Dropout: 0f);
        TrainedModel model = PeerModel.Random(shape, FeatureScale.Identity, seed: 5);
        float[] pixels = [.. TestDigits.Pixels.Take(784 * 100).Select(pixel => pixel / 255f)];
        double[][] expected = [.. PlainNetwork.Logits(model, pixels).Select(PlainNetwork.Softmax)];
        Assert.True(LargestDifference(expected, Predict(model, new OnnxOptions(), pixels, "probabilities")) <= ProbabilityTolerance);
    }

    /// <summary>Batches of several sizes go through one session: the batch dimension is symbolic.</summary>
    private static float[] Predict(TrainedModel model, OnnxOptions options, float[] features, string output)
    {
        using var scratch = new ScratchFolder();
        using (FileStream file = File.Create(scratch["model.onnx"]))
        {
            OnnxExport.Write(model, file, options);
        }

        string path = scratch.WriteFloats("features.f32", features);
        string report = NodePeer.Run("predict.mjs", scratch["model.onnx"], path, $"{model.Shape.Inputs}", scratch["output.f32"], "1", "7", "1000");
        Assert.Contains($"\"output\":\"{output}\"", report);
        Assert.Contains("\"input\":\"features\"", report);
        return scratch.ReadFloats("output.f32");
    }

    private static double LargestDifference(double[][] expected, float[] found) =>
        Rows(found).Zip(expected, (left, right) => left.Zip(right, (a, b) => Math.Abs(a - b)).Max()).Max();

    private static IEnumerable<double[]> Rows(float[] values) => values.Chunk(10).Select(row => Array.ConvertAll(row, value => (double)value));

    private static int BestClass(double[] row) => Array.IndexOf(row, row.Max());
}
