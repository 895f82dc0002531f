using Distributed.Coordinator.Storage;
using Distributed.Numerics.Models;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>
/// A trained model as a safetensors file. The file's data region is exactly the parameters in layout order, so that its SHA-256 is the
/// weights digest.
/// </summary>
public static class ModelFile
{
    /// <summary>The model's name in a run's folder.</summary>
    public const string Name = "model.safetensors";

    internal const string Kind = "distributed-model";
    internal const string WeightsDigest = "weights_digest";

    /// <summary>Replaces the model at <paramref name="path"/>.</summary>
    public static void Write(IRunStore store, string path, TrainedModel model, string programVersion)
    {
        var builder = new SafetensorsBuilder();
        builder.Add(ParameterLayout.For(model.Shape), model.Weights);
        OrderedDictionary<string, string> metadata = builder.Metadata;
        metadata.Add("kind", Kind);
        metadata.Add("inputs", MetadataText.Of(model.Shape.Inputs));
        metadata.Add("hidden", MetadataText.Of(model.Shape.Hidden));
        metadata.Add("classes", MetadataText.Of(model.Shape.Outputs));
        metadata.Add("activation", MetadataText.Of(model.Shape.Activation));
        metadata.Add("scale_offset", MetadataText.Of(model.Scale.Offset));
        metadata.Add("scale_factor", MetadataText.Of(model.Scale.Factor));
        metadata.Add("recipe_name", model.RecipeName);
        metadata.Add("program_version", programVersion);
        metadata.Add(WeightsDigest, model.ComputeWeightsDigest().Hex);
        AtomicFile.Write(store, path, builder.WriteTo);
    }

    /// <summary>
    /// Reads a model. One that another program wrote is taken when it has the same metadata, whatever the order of its tensors and with or
    /// without the file's own digest.
    /// InputException: it is damaged, or something is missing.
    /// </summary>
    public static TrainedModel Read(IRunStore store, string path) => Decode(SafetensorsReader.Read(store, path));

    /// <summary>The model in <paramref name="file"/>. InputException: it is none, or something is missing.</summary>
    internal static TrainedModel Decode(SafetensorsFile file)
    {
        var metadata = new MetadataReader(file);
        metadata.Expect("kind", Kind);
        var shape = new NetworkShape(
            metadata.Number("inputs", least: 1),
            metadata.Counts("hidden"),
            metadata.Number("classes", least: 2),
            metadata.Activation("activation"),
            Dropout: 0f);
        var scale = new FeatureScale(metadata.Real<float>("scale_offset"), metadata.Real<float>("scale_factor"));
        float[] weights = file.Gather(ShapeCheck.LayoutOf(shape, file.Name), "weights");
        metadata.Expect(WeightsDigest, Digest.Of(weights).Hex);
        return new TrainedModel(shape, scale, weights, metadata.Text("recipe_name"));
    }
}
