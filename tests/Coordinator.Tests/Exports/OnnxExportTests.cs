using System.Runtime.InteropServices;
using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Exports;
using Distributed.Coordinator.Exports.Onnx;
using Distributed.Numerics.Models;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Tests.Exports;

public sealed class OnnxExportTests
{
    [Theory]
    [InlineData(Activation.Relu, "Relu")]
    [InlineData(Activation.Sigmoid, "Sigmoid")]
    [InlineData(Activation.Tanh, "Tanh")]
    public void The_graph_is_a_chain_from_features_to_probabilities(Activation activation, string operation)
    {
        ModelProto message = Export(SampleNetwork.Make(activation));
        Assert.Equal(
            ["Sub", "Mul", "Gemm", operation, "Gemm", operation, "Gemm", "Softmax"],
            message.Graph.Node.Select(node => node.OpType));
        string previous = OnnxExport.Input;
        foreach (NodeProto node in message.Graph.Node)
        {
            Assert.Equal(previous, node.Input[0]);
            previous = Assert.Single(node.Output);
        }

        Assert.Equal(OnnxExport.Probabilities, previous);
        Assert.Equal(-1, Assert.Single(message.Graph.Node[^1].Attribute).I);
    }

    [Fact]
    public void Without_softmax_and_scale_what_is_left_is_dense_layers()
    {
        ModelProto message = Export(SampleNetwork.Make(), new OnnxOptions { Softmax = false, RawFeatures = false });
        Assert.Equal(["Gemm", "Relu", "Gemm", "Relu", "Gemm"], message.Graph.Node.Select(node => node.OpType));
        Assert.Equal(OnnxExport.Logits, Assert.Single(message.Graph.Output).Name);
        Assert.DoesNotContain(message.Graph.Initializer, tensor => tensor.Name.StartsWith("scale"));
    }

    [Fact]
    public void A_scale_that_changes_nothing_is_left_out() =>
        Assert.Equal("Gemm", Export(SampleNetwork.Make(FeatureScale.Identity)).Graph.Node[0].OpType);

    [Fact]
    public void The_number_of_samples_is_open_and_the_same_in_and_out()
    {
        GraphProto graph = Export(SampleNetwork.Make()).Graph;
        Assert.Equal(("batch", 6), Shape(Assert.Single(graph.Input)));
        Assert.Equal(("batch", 3), Shape(Assert.Single(graph.Output)));
    }

    [Fact]
    public void Constants_have_the_weights_bits()
    {
        TrainedModel model = SampleNetwork.Make();
        Dictionary<string, TensorProto> constants = Export(model).Graph.Initializer.ToDictionary(tensor => tensor.Name);
        foreach (ParameterTensor tensor in ParameterLayout.For(model.Shape).Tensors)
        {
            Assert.Equal(tensor.IsBias ? [tensor.Columns] : [tensor.Rows, (long)tensor.Columns], constants[tensor.Name].Dims);
            ReadOnlySpan<byte> bits = MemoryMarshal.AsBytes(model.Weights.AsSpan(tensor.Offset, tensor.Count));
            Assert.True(constants[tensor.Name].RawData.Span.SequenceEqual(bits));
        }

        Assert.Equal(model.Scale.Offset, BitConverter.ToSingle(constants["scale_offset"].RawData.Span));
        Assert.Equal(model.Scale.Factor, BitConverter.ToSingle(constants["scale_factor"].RawData.Span));
        Assert.Equal(model.Shape.LayerCount * 2 + 2, constants.Count);
    }

    [Fact]
    public void The_file_says_where_it_comes_from()
    {
        TrainedModel model = SampleNetwork.Make();
        ModelProto message = Export(model, new OnnxOptions { ProgramVersion = "1.2.3" });
        Dictionary<string, string> metadata = message.MetadataProps.ToDictionary(pair => pair.Key, pair => pair.Value);
        Assert.Equal(model.ComputeWeightsDigest().Hex, metadata["weights_digest"]);
        Assert.Equal("scratch-mlp", metadata["recipe_name"]);
        Assert.Equal("0.5", metadata["scale_offset"]);
        Assert.Equal(("Distributed", "1.2.3"), (message.ProducerName, message.ProducerVersion));
        Assert.Equal((8, 17), (message.IrVersion, Assert.Single(message.OpsetImport).Version));
    }

    [Fact]
    public void Equal_models_give_equal_files() => Assert.Equal(Bytes(SampleNetwork.Make()), Bytes(SampleNetwork.Make()));

    private static ModelProto Export(TrainedModel model, OnnxOptions? options = null) => ModelProto.Parser.ParseFrom(Bytes(model, options));

    private static byte[] Bytes(TrainedModel model, OnnxOptions? options = null)
    {
        using var stream = new MemoryStream();
        OnnxExport.Write(model, stream, options ?? new OnnxOptions());
        return stream.ToArray();
    }

    private static (string, long) Shape(ValueInfoProto value)
    {
        TensorShapeProto shape = value.Type.TensorType.Shape;
        Assert.Equal(2, shape.Dim.Count);
        return (shape.Dim[0].DimParam, shape.Dim[1].DimValue);
    }
}
