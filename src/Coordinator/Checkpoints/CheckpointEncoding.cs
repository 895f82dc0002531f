using Distributed.Coordinator.Storage;
using Distributed.Numerics;
using Distributed.Numerics.Models;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>Checkpoint to tensors and metadata.</summary>
internal static class CheckpointEncoding
{
    public static SafetensorsBuilder Encode(TrainingCheckpoint checkpoint)
    {
        var builder = new SafetensorsBuilder();
        ParameterLayout layout = ParameterLayout.For(checkpoint.Shape);
        builder.Add(layout, checkpoint.Weights);
        foreach (OptimizerMoment moment in checkpoint.Moments)
        {
            Check.That(CheckpointKeys.IsName(moment.Name));
            builder.Add(layout, moment.Values, CheckpointKeys.MomentPrefix(moment.Name));
        }

        WriteMetadata(checkpoint, builder.Metadata);
        return builder;
    }

    private static void WriteMetadata(TrainingCheckpoint checkpoint, OrderedDictionary<string, string> metadata)
    {
        CheckpointPosition position = checkpoint.Position;
        metadata.Add(CheckpointKeys.Kind, CheckpointFile.Kind);
        metadata.Add(CheckpointKeys.FormatVersion, MetadataText.Of(CheckpointFile.FormatVersion));
        metadata.Add(CheckpointKeys.ProgramVersion, checkpoint.ProgramVersion);
        metadata.Add(CheckpointKeys.Step, MetadataText.Of(position.Step.Value));
        metadata.Add(CheckpointKeys.Epoch, MetadataText.Of(position.Epoch));
        metadata.Add(CheckpointKeys.EpochLossSum, MetadataText.Of(position.LossSum));
        metadata.Add(CheckpointKeys.EpochCorrect, MetadataText.Of(position.Correct));
        metadata.Add(CheckpointKeys.EpochSamples, MetadataText.Of(position.Samples));
        metadata.Add(CheckpointKeys.Seed, checkpoint.Recipe.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        metadata.Add(CheckpointKeys.DataDigest, checkpoint.DataDigest.Hex);
        metadata.Add(CheckpointKeys.Features, MetadataText.Of(checkpoint.Features));
        metadata.Add(CheckpointKeys.Classes, MetadataText.Of(checkpoint.Classes));
        metadata.Add(CheckpointKeys.ScaleOffset, MetadataText.Of(checkpoint.Scale.Offset));
        metadata.Add(CheckpointKeys.ScaleFactor, MetadataText.Of(checkpoint.Scale.Factor));
        metadata.Add(CheckpointKeys.Moments, string.Join(',', checkpoint.Moments.Select(moment => moment.Name)));
        metadata.Add(CheckpointKeys.Powers, string.Join(',', checkpoint.Powers.Keys));
        foreach ((string name, double power) in checkpoint.Powers)
        {
            Check.That(CheckpointKeys.IsName(name));
            metadata.Add(CheckpointKeys.PowerPrefix + name, MetadataText.Of(power));
        }

        foreach ((string name, string value) in checkpoint.Extra)
        {
            metadata.Add(CheckpointKeys.ExtraPrefix + name, value);
        }

        metadata.Add(CheckpointKeys.Recipe, RecipeJson.Write(checkpoint.Recipe));
    }
}
