using System.Runtime.InteropServices;
using System.Text.Json;
using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Exports;
using Distributed.Coordinator.Inspection;
using Distributed.Coordinator.Storage;
using Distributed.Numerics.Models;
using Distributed.Protocol.Datasets;

namespace Distributed.Peers;

/// <summary>NumPy reads what is exported, to the bit.</summary>
public sealed class NumPyTests
{
    [Theory]
    [InlineData(ExportFormat.Npz, "model.npz")]
    [InlineData(ExportFormat.Safetensors, "model.safetensors")]
    public void Every_tensor_has_the_same_bits(ExportFormat format, string name)
    {
        TrainedModel model = PeerModel.Random(PeerModel.Digits(Activation.Relu), new FeatureScale(0.25f, 1f / 255f), seed: 4);
        using var scratch = new ScratchFolder();
        ModelExport.Write(model, format, new FolderRunStore(scratch.Root), name, new OnnxOptions());
        JsonElement tensors = JsonDocument.Parse(PythonPeer.RunWith("numpy", "read_model.py", scratch[name])).RootElement;

        IReadOnlyList<ParameterTensor> expected = ParameterLayout.For(model.Shape).Tensors;
        foreach (ParameterTensor tensor in expected)
        {
            JsonElement read = tensors.GetProperty(tensor.Name);
            int[] shape = tensor.IsBias ? [tensor.Columns] : [tensor.Rows, tensor.Columns];
            Assert.Equal(shape, read.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt32()));
            Assert.Equal("<f4", read.GetProperty("type").GetString());
            AssertBytes(model.Weights.AsSpan(tensor.Offset, tensor.Count), read);
        }

        if (format == ExportFormat.Npz)
        {
            AssertBytes([model.Scale.Offset], tensors.GetProperty("scale_offset"));
            AssertBytes([model.Scale.Factor], tensors.GetProperty("scale_factor"));
        }

        Assert.Equal(expected.Count + (format == ExportFormat.Npz ? 2 : 0), tensors.EnumerateObject().Count());
    }

    /// <summary>inspect, on a file that PyTorch's weights were saved to elsewhere.</summary>
    [Theory]
    [InlineData("state.safetensors")]
    [InlineData("half.safetensors")]
    public void Inspect_finds_the_values_that_NumPy_finds(string name)
    {
        using var scratch = new ScratchFolder();
        PythonPeer.RunWith("torch", "torch_model.py", scratch.WriteFloats("features.f32", new float[784]), scratch.Root);
        JsonElement tensors = JsonDocument.Parse(PythonPeer.RunWith("numpy", "read_model.py", scratch[name])).RootElement;
        FileInspection file = FileInspection.Read(scratch[name]);
        Assert.Null(file.Fault);
        Assert.Equal(tensors.EnumerateObject().Count(), file.Tensors.Count);
        foreach (TensorSummary tensor in file.Tensors)
        {
            JsonElement read = tensors.GetProperty(tensor.Name);
            Assert.Equal(read.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt64()), tensor.Shape);
            Assert.Equal((read.GetProperty("min").GetDouble(), read.GetProperty("max").GetDouble()), (tensor.Statistics!.Min, tensor.Statistics.Max));
            Assert.Equal(read.GetProperty("mean").GetDouble(), tensor.Statistics.Mean!.Value, 1e-12);
        }
    }

    private static void AssertBytes(ReadOnlySpan<float> expected, JsonElement tensor) =>
        Assert.Equal(Convert.ToHexStringLower(MemoryMarshal.AsBytes(expected)), tensor.GetProperty("bytes").GetString());
}
