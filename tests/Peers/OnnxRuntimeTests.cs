using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Exports;
using Distributed.Numerics.Models;
using Distributed.Protocol.Datasets;

namespace Distributed.Peers;

/// <summary>ONNX Runtime predicts what we and a textbook's loop predict.</summary>
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
        AssertAgree(Ours(model), model, pixels);
        AssertAgree(Array.ConvertAll(PlainNetwork.Logits(model, pixels), PlainNetwork.Softmax), model, pixels);
    }

    /// <summary>A network as it comes out of training, through the program and its files.</summary>
    [Fact]
    public void A_trained_network_has_the_test_accuracy_that_training_printed()
    {
        using var run = new TrainedRun();
        TrainedModel model = run.ReadModel();
        AssertAgree(Ours(model), model, TestDigits.Pixels);
        float[] probabilities = OnnxRuntimePeer.Predict(model, new OnnxOptions(), TestDigits.Pixels);
        int[] classes = Rows.BestClasses(Rows.Of(probabilities, model.Shape.Outputs));
        int correct = classes.Zip(TestDigits.All.Labels, (found, label) => found == label ? 1 : 0).Sum();
        Assert.Contains($"test accuracy {(double)correct / classes.Length:0.0000}\n", run.Output);
    }

    [Fact]
    public void Logits_and_features_that_were_scaled_already_are_a_choice()
    {
        TrainedModel model = PeerModel.Random(PeerModel.Digits(Activation.Relu), new FeatureScale(33.3f, 1f / 78.5f), seed: 3);
        float[] pixels = TestDigits.Pixels;
        float[] scaled = Array.ConvertAll(pixels, pixel => (pixel - model.Scale.Offset) * model.Scale.Factor);
        double[][] expected = PlainNetwork.Logits(model, pixels);
        double[][] found = Rows.Of(OnnxRuntimePeer.Predict(model, new OnnxOptions { Softmax = false, RawFeatures = false }, scaled), 10);

        Assert.True(Rows.LargestDifference(expected, found) <= 1e-5 * expected.Max(row => row.Max(Math.Abs)));
        Assert.Equal(Rows.BestClasses(expected), Rows.BestClasses(found));
    }

    [Fact]
    public void A_network_without_hidden_layers_runs()
    {
        var shape = new NetworkShape(784, [], 10, Activation.Relu, Dropout: 0f);
        TrainedModel model = PeerModel.Random(shape, FeatureScale.Identity, seed: 5);
        float[] pixels = [.. TestDigits.Pixels.Take(784 * 100).Select(pixel => pixel / 255f)];
        AssertAgree(Array.ConvertAll(PlainNetwork.Logits(model, pixels), PlainNetwork.Softmax), model, pixels);
    }

    private static void AssertAgree(double[][] expected, TrainedModel model, float[] features)
    {
        double[][] found = Rows.Of(OnnxRuntimePeer.Predict(model, new OnnxOptions(), features), model.Shape.Outputs);
        Assert.Equal(Rows.BestClasses(expected), Rows.BestClasses(found));
        double difference = Rows.LargestDifference(expected, found);
        TestContext.Current.TestOutputHelper?.WriteLine($"{found.Length} samples, largest difference of a probability {difference:E1}");
        Assert.True(difference <= ProbabilityTolerance, $"{difference}");
    }

    /// <summary>The probabilities that predict and evaluate work with, for every test digit.</summary>
    private static double[][] Ours(TrainedModel model)
    {
        Dataset digits = TestDigits.All;
        float[] probabilities = new float[digits.Count * model.Shape.Outputs];
        new TrainedClassifier(model, cores: 1).Probabilities(digits, 0, digits.Count, probabilities);
        return Rows.Of(probabilities, model.Shape.Outputs);
    }
}
