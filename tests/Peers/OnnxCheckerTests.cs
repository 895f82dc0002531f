using System.Runtime.InteropServices;
using System.Text.Json;
using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Exports;
using Distributed.Numerics.Models;

namespace Distributed.Peers;

/// <summary>ONNX's own checker accepts what is exported, and its reader finds every weight's bits.</summary>
public sealed class OnnxCheckerTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void The_checker_accepts_the_file(bool softmax, bool rawFeatures)
    {
        TrainedModel model = PeerModel.Random(new NetworkShape(12, [7, 5], 3, Activation.Sigmoid, 0f), PeerModel.Pixels, seed: 1);
        using var scratch = new ScratchFolder();
        using (FileStream file = File.Create(scratch["model.onnx"]))
        {
            OnnxExport.Write(model, file, new OnnxOptions { Softmax = softmax, RawFeatures = rawFeatures });
        }

        JsonElement report = JsonDocument.Parse(PythonPeer.RunWith("onnx", "check_onnx.py", scratch["model.onnx"])).RootElement;

        Assert.Equal(OnnxExport.OperatorSet, report.GetProperty("opset").GetInt32());
        Assert.Equal("""["batch",12]""", Compact(report.GetProperty("inputs").GetProperty("features")));
        Assert.Equal("""["batch",3]""", Compact(report.GetProperty("outputs").GetProperty(softmax ? "probabilities" : "logits")));
        Assert.Equal("""["batch",7]""", Compact(report.GetProperty("inferred").GetProperty("hidden1")));
        Assert.Equal(model.ComputeWeightsDigest().Hex, report.GetProperty("metadata").GetProperty("weights_digest").GetString());
        Assert.Equal(Operators(softmax, rawFeatures), report.GetProperty("nodes").EnumerateArray().Select(node => node.GetString()!));
        foreach (ParameterTensor tensor in ParameterLayout.For(model.Shape).Tensors)
        {
            string bits = Convert.ToHexStringLower(MemoryMarshal.AsBytes(model.Weights.AsSpan(tensor.Offset, tensor.Count)));
            Assert.Equal(bits, report.GetProperty("bits").GetProperty(tensor.Name).GetString());
        }
    }

    private static string[] Operators(bool softmax, bool rawFeatures)
    {
        string[] scale = rawFeatures ? ["Sub", "Mul"] : [];
        string[] end = softmax ? ["Softmax"] : [];
        return [.. scale, "Gemm", "Sigmoid", "Gemm", "Sigmoid", "Gemm", .. end];
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);
}
