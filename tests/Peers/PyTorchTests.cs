using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Exports;
using Distributed.Numerics.Models;
using Distributed.Protocol.Datasets;

namespace Distributed.Peers;

/// <summary>A network made in PyTorch predicts the same here, however its weights were saved.</summary>
public sealed class PyTorchTests
{
    private const int Samples = 2000;
    private static readonly NetworkShape Shape = new(784, [128, 128], 10, Activation.Sigmoid, Dropout: 0f);

    [Fact]
    public void Weights_saved_in_any_way_predict_as_they_did_there()
    {
        using var scratch = new ScratchFolder();
        float[] features = [.. TestDigits.Pixels.Take(Samples * Shape.Inputs).Select(pixel => pixel / 255f)];
        PythonPeer.RunWith("torch", "torch_model.py", scratch.WriteFloats("features.f32", features), scratch.Root);
        float[] logits = scratch.ReadFloats("logits.f32");
        Assert.Equal(Samples * Shape.Outputs, logits.Length);

        ParameterLayout layout = ParameterLayout.For(Shape);
        ImportedWeights state = WeightImport.Read(scratch["state.safetensors"], layout);
        Assert.Contains("PyTorch's names: 0.weight, 3.weight, 6.weight, transposed", state.Explanation);
        Assert.True(LargestDifference(state.Values, features, logits) < 1e-5);
        Assert.Equal(Bits(state.Values), Bits(WeightImport.Read(scratch["state.npz"], layout).Values));
        Assert.Equal(Bits(state.Values), Bits(WeightImport.Read(scratch["transposed.npz"], layout).Values));
        Assert.Equal(
            Bits(Array.ConvertAll(state.Values, value => (float)(Half)value)),
            Bits(WeightImport.Read(scratch["half.safetensors"], layout).Values));
    }

    private static double LargestDifference(float[] weights, float[] features, float[] logits)
    {
        double[][] rows = PlainNetwork.Logits(new TrainedModel(Shape, FeatureScale.Identity, weights, "imported"), features);
        return rows.SelectMany(row => row).Zip(logits, (expected, found) => Math.Abs(expected - found)).Max();
    }

    private static IEnumerable<int> Bits(float[] values) => values.Select(BitConverter.SingleToInt32Bits);
}
