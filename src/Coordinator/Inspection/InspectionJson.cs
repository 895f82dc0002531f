using System.Text.Json;
using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Storage;
using Distributed.Protocol;

namespace Distributed.Coordinator.Inspection;

/// <summary>An inspection for scripts.</summary>
public static class InspectionJson
{
    public static string Of(FileInspection file) => JsonSerializer.Serialize(FileObject(file), JsonText.Indented);

    public static string Of(RunInspection run) => JsonSerializer.Serialize(
        new
        {
            path = run.Path,
            recipe = run.Manifest is { } manifest ? RecipeJson.ToElement(manifest.Recipe) : (JsonElement?)null,
            data_digest = run.Manifest?.DataDigest.Hex,
            program_version = run.Manifest?.ProgramVersion,
            files = run.Files.Select(FileObject),
            faults = run.Faults,
        },
        JsonText.Indented);

    private static object FileObject(FileInspection file) => new
    {
        path = file.Path,
        kind = file.Kind,
        bytes = file.Bytes,
        fault = file.Fault,
        file_digest_verified = file.IsSealed,
        weights_digest = file.Model?.ComputeWeightsDigest().Hex ?? (file.Checkpoint is { } trained ? Digest.Of(trained.Weights).Hex : null),
        position = file.Checkpoint is { } checkpoint ? PositionObject(checkpoint) : null,
        tensors = file.Tensors.Select(TensorObject),
        metadata = file.Metadata,
    };

    private static object PositionObject(TrainingCheckpoint checkpoint) => new
    {
        step = checkpoint.Position.Step.Value,
        epoch = checkpoint.Position.Epoch,
        epoch_samples = checkpoint.Position.Samples,
        optimizer_moments = checkpoint.Moments.Select(moment => moment.Name),
        optimizer_powers = checkpoint.Powers,
    };

    private static object TensorObject(TensorSummary tensor) => new
    {
        name = tensor.Name,
        dtype = tensor.Dtype,
        shape = tensor.Shape,
        min = Finite(tensor.Statistics?.Min),
        max = Finite(tensor.Statistics?.Max),
        mean = Finite(tensor.Statistics?.Mean),
        nan = tensor.Statistics?.NaN,
        infinite = tensor.Statistics?.Infinite,
        sha256 = tensor.Digest.Hex,
    };

    private static double? Finite(double? value) => value is { } number ? JsonText.Finite(number) : null;
}
