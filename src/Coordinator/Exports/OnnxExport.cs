using System.Globalization;
using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Exports.Onnx;
using Distributed.Numerics;
using Distributed.Numerics.Models;
using Distributed.Protocol.Datasets;
using Google.Protobuf;

namespace Distributed.Coordinator.Exports;

/// <summary>
/// Writes a trained network as an ONNX model: "features" (batch×inputs) → scale → dense and activation per hidden layer → dense →
/// "probabilities" or "logits" (batch×classes). The weights keep their names W1, b1 … and their bits. Equal models give equal files.
/// </summary>
public static class OnnxExport
{
    /// <summary>The operator set: opset 17, which IR version 8 introduced.</summary>
    public const int OperatorSet = 17;

    /// <summary>The input's name.</summary>
    public const string Input = "features";

    /// <summary>The output's name with softmax.</summary>
    public const string Probabilities = "probabilities";

    /// <summary>The output's name without softmax.</summary>
    public const string Logits = "logits";

    private const int IntermediateRepresentation = 8;
    private const string Producer = "Distributed";

    /// <summary>
    /// Writes <paramref name="model"/> to <paramref name="stream"/>. InputException: the network is too large for one ONNX file.
    /// </summary>
    public static void Write(TrainedModel model, Stream stream, OnnxOptions options) => ToMessage(model, options).WriteTo(stream);

    private static ModelProto ToMessage(TrainedModel model, OnnxOptions options)
    {
        Check.That(model.Weights.Length == ParameterLayout.For(model.Shape).Count);
        ExportLimits.RequireRoom(model, "ONNX");
        return new ModelProto
        {
            IrVersion = IntermediateRepresentation,
            ProducerName = Producer,
            ProducerVersion = options.ProgramVersion,
            DocString = $"Trained by the recipe {model.RecipeName}.",
            OpsetImport = { new OperatorSetIdProto { Version = OperatorSet } },
            Graph = BuildGraph(model, options),
            MetadataProps = { Metadata(model) },
        };
    }

    private static GraphProto BuildGraph(TrainedModel model, OnnxOptions options)
    {
        bool scales = options.RawFeatures && model.Scale != FeatureScale.Identity;
        var graph = new OnnxGraph(model.RecipeName);
        graph.DeclareInput(Input, model.Shape.Inputs, Meaning(model.Scale, options.RawFeatures));
        if (scales)
        {
            AddScale(graph, model.Scale);
        }

        AddLayers(graph, model);
        if (options.Softmax)
        {
            graph.AddNode("Softmax", Probabilities);
            graph.SetAttribute("axis", -1);
        }

        string meaning = options.Softmax ? "one probability per class" : "one logit per class; softmax gives probabilities";
        graph.DeclareOutput(model.Shape.Outputs, meaning);
        return graph.Message;
    }

    private static void AddScale(OnnxGraph graph, FeatureScale scale)
    {
        graph.AddConstant("scale_offset", [scale.Offset]);
        graph.AddConstant("scale_factor", [scale.Factor]);
        graph.AddNode("Sub", "shifted", "scale_offset");
        graph.AddNode("Mul", "scaled", "scale_factor");
    }

    private static void AddLayers(OnnxGraph graph, TrainedModel model)
    {
        ParameterLayout layout = ParameterLayout.For(model.Shape);
        for (int layer = 0; layer < model.Shape.LayerCount; layer++)
        {
            ParameterTensor weight = layout.Weight(layer);
            ParameterTensor bias = layout.Bias(layer);
            bool isOutput = layer == model.Shape.LayerCount - 1;
            graph.AddConstant(weight.Name, model.Weights.AsSpan(weight.Offset, weight.Count), weight.Rows, weight.Columns);
            graph.AddConstant(bias.Name, model.Weights.AsSpan(bias.Offset, bias.Count), bias.Columns);
            graph.AddNode("Gemm", isOutput ? Logits : $"dense{layer + 1}", weight.Name, bias.Name);
            if (!isOutput)
            {
                graph.AddNode(OperatorOf(model.Shape.Activation), $"hidden{layer + 1}");
            }
        }
    }

    private static string OperatorOf(Activation activation) => activation switch
    {
        Activation.Relu => "Relu",
        Activation.Sigmoid => "Sigmoid",
        Activation.Tanh => "Tanh",
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "no ONNX operator is known for it"),
    };

    private static string Meaning(FeatureScale scale, bool raw)
    {
        string map = $"(x - {Text(scale.Offset)}) * {Text(scale.Factor)}";
        return raw ? $"raw features; the graph scales them by {map}" : $"features scaled by {map}";
    }

    private static IEnumerable<StringStringEntryProto> Metadata(TrainedModel model) =>
        from pair in new (string Key, string Value)[]
        {
            ("recipe_name", model.RecipeName),
            ("weights_digest", model.ComputeWeightsDigest().Hex),
            ("activation", model.Shape.Activation.ToString().ToLowerInvariant()),
            ("scale_offset", Text(model.Scale.Offset)),
            ("scale_factor", Text(model.Scale.Factor)),
        }
        select new StringStringEntryProto { Key = pair.Key, Value = pair.Value };

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);
}
