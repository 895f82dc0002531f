using System.Globalization;
using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Recipes;
using Distributed.Coordinator.Terminal;
using Distributed.Numerics.Models;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Inspection;

/// <summary>What stands in a file or a run's folder beside tensors: names and values, in the order in which a person asks for them.</summary>
internal static class InspectionFacts
{
    /// <summary>What a file says of itself: of another program's, its metadata.</summary>
    public static IEnumerable<(string Name, string Value)> Of(FileInspection file)
    {
        if (file.Checkpoint is { } checkpoint)
        {
            return Of(checkpoint, file);
        }

        if (file.Model is { } model)
        {
            return Of(model, file);
        }

        return file.Metadata.Where(pair => pair.Key != FileSeal.Key).Select(pair => (PlainText.Of(pair.Key), PlainText.Of(pair.Value)));
    }

    private static IEnumerable<(string Name, string Value)> Of(TrainingCheckpoint checkpoint, FileInspection file)
    {
        CheckpointPosition at = checkpoint.Position;
        string soFar = at.Samples == 0
            ? ""
            : $", of which {Figures.Whole(at.Samples)} samples are done: loss {Figures.Loss(at.LossSum / at.Samples)}, "
                + $"accuracy {Figures.Accuracy((double)at.Correct / at.Samples)}";
        yield return ("position", $"{Figures.Whole(at.Step.Value)} steps done; epoch {at.Epoch} is next{soFar}");
        yield return ("network", Network(checkpoint.Shape));
        yield return ("feature scale", Scale(checkpoint.Scale));
        string[] state =
        [
            .. checkpoint.Moments.Select(moment => moment.Name),
            .. checkpoint.Powers.Select(power => $"{power.Key} = {power.Value.ToString("R", CultureInfo.InvariantCulture)}"),
            .. checkpoint.Extra.Select(pair => $"{pair.Key} = {PlainText.Of(pair.Value)}"),
        ];
        yield return ("state", state.Length == 0 ? "none: plain SGD needs none" : string.Join(", ", state));
        yield return ("data digest", checkpoint.DataDigest.Hex);
        yield return ("weights digest", Digest.Of(checkpoint.Weights).Hex);
        yield return ("file digest", Seal(file));
        yield return ("program", checkpoint.ProgramVersion);
        foreach ((string, string) setting in Settings(checkpoint.Recipe))
        {
            yield return setting;
        }
    }

    private static IEnumerable<(string Name, string Value)> Of(TrainedModel model, FileInspection file)
    {
        yield return ("network", Network(model.Shape));
        yield return ("feature scale", Scale(model.Scale));
        yield return ("recipe", model.RecipeName);
        yield return ("weights digest", model.ComputeWeightsDigest().Hex);
        yield return ("file digest", Seal(file));
    }

    /// <summary>What run.json says.</summary>
    public static IEnumerable<(string Name, string Value)> Of(RunManifest run, bool withRecipe)
    {
        yield return ("data", run.Data.TestData is { } test ? $"{run.Data.Data}, tested on {test}" : run.Data.Data);
        yield return ("data digest", run.DataDigest.Hex);
        yield return ("command line", string.Join(' ', run.CommandLine.Prepend("coordinator")));
        yield return ("program", run.ProgramVersion);
        foreach ((string, string) setting in withRecipe ? Settings(run.Recipe) : [])
        {
            yield return setting;
        }
    }

    private static IEnumerable<(string Name, string Value)> Settings(Recipe recipe) =>
        RecipeSettings.All.Where(setting => setting.HasEffect(recipe)).Select(setting => (setting.Key, setting.Format(recipe)))
            .Prepend(("recipe", recipe.Name));

    private static string Network(NetworkShape shape)
    {
        string layers = string.Join('-', [shape.Inputs, .. shape.Hidden, shape.Outputs]);
        string activation = shape.Hidden.Count == 0 ? "" : $" {shape.Activation.ToString().ToLowerInvariant()}";
        return $"{layers}{activation}, {Figures.Whole(ParameterLayout.For(shape).Count)} parameters";
    }

    private static string Scale(FeatureScale scale) => scale == FeatureScale.Identity
        ? "none"
        : FormattableString.Invariant($"(x - {scale.Offset:R}) * {scale.Factor:R}");

    private static string Seal(FileInspection file) => file switch
    {
        { IsSealed: true } => $"{file.Metadata[FileSeal.Key]}, as its bytes give it",
        { Fault: null } => "none inside",
        _ => $"{file.Metadata.GetValueOrDefault(FileSeal.Key, "none inside")}",
    };
}
