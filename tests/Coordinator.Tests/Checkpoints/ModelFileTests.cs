using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Tests.Storage;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Checkpoints;

public sealed class ModelFileTests
{
    private readonly MemoryRunStore store = new();

    [Fact]
    public void Comes_back_bit_for_bit()
    {
        TrainedModel written = SampleModel.Make();
        ModelFile.Write(store, ModelFile.Name, written, "1.0");
        TrainedModel read = ModelFile.Read(store, ModelFile.Name);
        CheckpointFileTests.AssertBits(written.Weights, read.Weights);
        Assert.Equal((written.Scale, written.RecipeName), (read.Scale, read.RecipeName));
        Assert.Equal((6, 3, written.Shape.Activation), (read.Shape.Inputs, read.Shape.Outputs, read.Shape.Activation));
        Assert.Equal(written.Shape.Hidden, read.Shape.Hidden);
    }

    /// <summary>Parsed here by the format's description alone: eight bytes of length, JSON, data.</summary>
    [Fact]
    public void Is_plain_safetensors_whose_data_region_is_the_weights_and_hashes_to_their_digest()
    {
        TrainedModel model = SampleModel.Make();
        ModelFile.Write(store, ModelFile.Name, model, "1.0");
        byte[] file = store.Read(ModelFile.Name);
        int headerBytes = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        byte[] data = file[(8 + headerBytes)..];
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, headerBytes));

        Assert.Equal(0, (8 + headerBytes) % 8);
        Assert.Equal(MemoryMarshal.AsBytes(model.Weights.AsSpan()).ToArray(), data);
        Assert.Equal(model.ComputeWeightsDigest().Hex, Convert.ToHexStringLower(SHA256.HashData(data)));
        Assert.Equal(model.ComputeWeightsDigest().Hex, header.RootElement.GetProperty("__metadata__").GetProperty("weights_digest").GetString());
        Assert.Equal(["__metadata__", "W1", "b1", "W2", "b2", "W3", "b3"], header.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal("""{"dtype":"F32","shape":[6,5],"data_offsets":[0,120]}""", header.RootElement.GetProperty("W1").GetRawText());
        Assert.Equal("""{"dtype":"F32","shape":[5],"data_offsets":[120,140]}""", header.RootElement.GetProperty("b1").GetRawText());
        JsonElement metadata = header.RootElement.GetProperty("__metadata__");
        Assert.All(metadata.EnumerateObject(), property => Assert.Equal(JsonValueKind.String, property.Value.ValueKind));
    }

    [Fact]
    public void Softmax_regression_has_no_hidden_layer()
    {
        TrainedModel model = SampleModel.Make();
        var shape = model.Shape with { Hidden = [] };
        ModelFile.Write(store, "m", model with { Shape = shape, Weights = SampleCheckpoint.Floats(21, 1) }, "1.0");
        Assert.Empty(ModelFile.Read(store, "m").Shape.Hidden);
    }

    /// <summary>Python's save_file sorts tensors by name, pads less and knows nothing of our seal.</summary>
    [Fact]
    public void A_file_rewritten_by_another_program_is_the_same_model()
    {
        TrainedModel model = SampleModel.Make();
        ModelFile.Write(store, "m", model, "1.0");
        store.Plant("python", AsPythonWouldWrite(store.Read("m")));
        TrainedModel read = ModelFile.Read(store, "python");
        CheckpointFileTests.AssertBits(model.Weights, read.Weights);
    }

    [Fact]
    public void Damage_and_missing_parts_are_named()
    {
        ModelFile.Write(store, "m", SampleModel.Make(), "1.0");
        byte[] whole = store.Read("m");
        AssertRefused(Resealed.Replace(whole, "\"weights_digest\":\"", "\"weights_digest\":\"0"), "'weights_digest' is");
        AssertRefused(Resealed.Replace(whole, "\"scale_factor\"", "\"scale_vector\""), "no 'scale_factor'");
        AssertRefused(Resealed.Replace(whole, "\"hidden\":\"5,4\"", "\"hidden\":\"5,-4\""), "'hidden' is '5,-4'");
        AssertRefused(Resealed.Replace(whole, "\"hidden\":\"5,4\"", "\"hidden\":\"5,2000000000\""), "parameters");
        AssertRefused(Resealed.Replace(whole, "sigmoid", "softish"), "relu, sigmoid and tanh are known");
        byte[] rotten = [.. whole];
        rotten[^3] ^= 4;
        AssertRefused(rotten, "digest");
    }

    private void AssertRefused(byte[] bytes, string expected)
    {
        store.Plant("bad", bytes);
        Assert.Contains(expected, Assert.Throws<InputException>(() => ModelFile.Read(store, "bad")).Message, StringComparison.Ordinal);
    }

    private static byte[] AsPythonWouldWrite(byte[] file)
    {
        int headerBytes = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, headerBytes));
        var data = new List<byte>();
        var metadata = header.RootElement.GetProperty("__metadata__").EnumerateObject().Where(property => property.Name != "file_digest");
        string strings = string.Join(", ", metadata.Select(property => $"\"{property.Name}\": {property.Value.GetRawText()}"));
        var json = new StringBuilder($"{{\"__metadata__\":{{{strings}}}");
        foreach (JsonProperty tensor in header.RootElement.EnumerateObject().Skip(1).OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            int begin = tensor.Value.GetProperty("data_offsets")[0].GetInt32();
            int end = tensor.Value.GetProperty("data_offsets")[1].GetInt32();
            string shape = tensor.Value.GetProperty("shape").GetRawText();
            string offsets = $"[{data.Count},{data.Count + end - begin}]";
            json.Append($",\"{tensor.Name}\":{{\"dtype\":\"F32\",\"shape\":{shape},\"data_offsets\":{offsets}}}");
            data.AddRange(file[(8 + headerBytes + begin)..(8 + headerBytes + end)]);
        }

        return Resealed.Join(json.Append('}').ToString(), [.. data]);
    }
}
