using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Data;
using Distributed.Protocol;

namespace Distributed.Coordinator.Inspection;

/// <summary>A safetensors file, looked into and checked: its structure, the digests inside, and that no part is missing.</summary>
public sealed record FileInspection
{
    /// <summary>As it was named.</summary>
    public required string Path { get; init; }

    /// <summary>Bytes of the file.</summary>
    public required long Bytes { get; init; }

    /// <summary>In the file's order; none where its header cannot be read.</summary>
    public IReadOnlyList<TensorSummary> Tensors { get; init; } = [];

    /// <summary>The strings in its header.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Where it is a checkpoint that can be read.</summary>
    public TrainingCheckpoint? Checkpoint { get; init; }

    /// <summary>Where it is a model of this program that can be read.</summary>
    public TrainedModel? Model { get; init; }

    /// <summary>True when the file carries its own digest and has it.</summary>
    public bool IsSealed { get; init; }

    /// <summary>The first check that failed, as a sentence; null where all passed.</summary>
    public string? Fault { get; init; }

    /// <summary>What it says of itself that it is.</summary>
    public string Kind => Metadata.GetValueOrDefault("kind") switch
    {
        CheckpointFile.Kind => "checkpoint",
        ModelFile.Kind => "model",
        _ => "safetensors file",
    };

    /// <summary>Looks into the file at <paramref name="path"/>.</summary>
    /// <exception cref="InputException">There is no such file, or it cannot be opened.</exception>
    public static FileInspection Read(string path)
    {
        using FileStream stream = DataFile.OpenRead(path);
        long bytes = stream.Length;
        try
        {
            SafetensorsFile file = SafetensorsReader.ReadRotten(stream, path, out InputException? fault);
            var inspection = new FileInspection
            {
                Path = path,
                Bytes = bytes,
                Tensors = [.. file.Entries.Select(entry => TensorSummary.Of(file, entry))],
                Metadata = file.Metadata,
                IsSealed = file.IsSealed,
                Fault = fault?.Message,
            };
            return Decode(inspection, file);
        }
        catch (InputException torn)
        {
            return new FileInspection { Path = path, Bytes = bytes, Fault = torn.Message };
        }
    }

    /// <summary>Of several faults the file's own digest is the one to tell: it explains the others.</summary>
    private static FileInspection Decode(FileInspection inspection, SafetensorsFile file)
    {
        try
        {
            return inspection.Kind switch
            {
                "checkpoint" => inspection with { Checkpoint = CheckpointDecoding.Decode(file) },
                "model" => inspection with { Model = ModelFile.Decode(file) },
                _ => inspection,
            };
        }
        catch (InputException incomplete)
        {
            return inspection with { Fault = inspection.Fault ?? incomplete.Message };
        }
    }
}
