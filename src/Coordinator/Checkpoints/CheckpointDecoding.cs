using System.Globalization;
using Distributed.Coordinator.Storage;
using Distributed.Numerics.Models;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>Tensors and metadata to checkpoint. Nothing has a default: whatever is missing is an error that names it.</summary>
internal static class CheckpointDecoding
{
    public static TrainingCheckpoint Decode(SafetensorsFile file)
    {
        var metadata = new MetadataReader(file);
        metadata.Expect(CheckpointKeys.Kind, CheckpointFile.Kind);
        metadata.Expect(CheckpointKeys.FormatVersion, MetadataText.Of(CheckpointFile.FormatVersion));
        _ = metadata.Digest(FileSeal.Key);
        Recipe recipe = ReadRecipe(file, metadata);
        int features = metadata.Number(CheckpointKeys.Features, least: 1);
        int classes = metadata.Number(CheckpointKeys.Classes, least: 2);
        ParameterLayout layout = ShapeCheck.LayoutOf(recipe.ShapeFor(features, classes), file.Name);
        return new TrainingCheckpoint
        {
            Recipe = recipe,
            DataDigest = metadata.Digest(CheckpointKeys.DataDigest),
            ProgramVersion = metadata.Text(CheckpointKeys.ProgramVersion),
            Features = features,
            Classes = classes,
            Scale = new FeatureScale(metadata.Real<float>(CheckpointKeys.ScaleOffset), metadata.Real<float>(CheckpointKeys.ScaleFactor)),
            Position = ReadPosition(metadata),
            Weights = file.Gather(layout, "weights"),
            Moments = [.. Names(metadata, CheckpointKeys.Moments).Select(name => ReadMoment(file, layout, name))],
            Powers = Names(metadata, CheckpointKeys.Powers)
                .ToDictionary(name => name, name => metadata.Real<double>(CheckpointKeys.PowerPrefix + name)),
            Extra = metadata.Under(CheckpointKeys.ExtraPrefix),
        };
    }

    private static Recipe ReadRecipe(SafetensorsFile file, MetadataReader metadata)
    {
        Recipe recipe = RecipeJson.Read(metadata.Text(CheckpointKeys.Recipe), file.Name);
        metadata.Expect(CheckpointKeys.Seed, recipe.Seed.ToString(CultureInfo.InvariantCulture));
        return recipe;
    }

    private static CheckpointPosition ReadPosition(MetadataReader metadata) => new(
        new StepNumber(metadata.Number(CheckpointKeys.Step, least: 0)),
        metadata.Number(CheckpointKeys.Epoch, least: 1),
        metadata.Real<double>(CheckpointKeys.EpochLossSum),
        metadata.Number(CheckpointKeys.EpochCorrect, least: 0L),
        metadata.Number(CheckpointKeys.EpochSamples, least: 0L));

    private static OptimizerMoment ReadMoment(SafetensorsFile file, ParameterLayout layout, string name) =>
        new(name, file.Gather(layout, $"optimizer moment {name}", CheckpointKeys.MomentPrefix(name)));

    private static IEnumerable<string> Names(MetadataReader metadata, string key) =>
        metadata.Text(key).Split(',', StringSplitOptions.RemoveEmptyEntries).Distinct();
}
