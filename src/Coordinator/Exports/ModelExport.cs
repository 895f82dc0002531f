using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Storage;
using Distributed.Protocol;

namespace Distributed.Coordinator.Exports;

/// <summary>The formats a trained network can be written in.</summary>
public enum ExportFormat
{
    Onnx,
    Safetensors,
    Npz,
}

/// <summary>Writes a trained network as a file that other programs read.</summary>
public static class ModelExport
{
    /// <summary>What an error or help lists.</summary>
    public const string Formats = "onnx, safetensors or npz";

    /// <summary>
    /// The format called <paramref name="format"/>, or, when none is given, the one that <paramref name="path"/> ends with. InputException:
    /// neither is known.
    /// </summary>
    public static ExportFormat FormatOf(string? format, string path)
    {
        string name = format ?? Path.GetExtension(path).TrimStart('.');
        return name.ToLowerInvariant() switch
        {
            "onnx" => ExportFormat.Onnx,
            "safetensors" => ExportFormat.Safetensors,
            "npz" => ExportFormat.Npz,
            _ when format is null => throw new InputException($"The name '{path}' does not end in {Formats}; name one with --format."),
            _ => throw new InputException($"The format '{format}' is not known; {Formats} can be written."),
        };
    }

    /// <summary>
    /// Replaces the file that the command line names. InputException: it cannot be written there, or the network is too large for the
    /// format.
    /// </summary>
    public static void WriteFile(TrainedModel model, ExportFormat format, string output, OnnxOptions options) =>
        OutputFile.Replace(output, (store, name) => Write(model, format, store, name, options));

    /// <summary>
    /// Replaces the file at <paramref name="path"/> of a run's folder: a reader finds the old one or the new one, never a part.
    /// InputException: the network is too large for the format.
    /// </summary>
    public static void Write(TrainedModel model, ExportFormat format, IRunStore store, string path, OnnxOptions options)
    {
        if (format == ExportFormat.Safetensors)
        {
            ModelFile.Write(store, path, model, options.ProgramVersion);
            return;
        }

        using var content = new MemoryStream();
        if (format == ExportFormat.Onnx)
        {
            OnnxExport.Write(model, content, options);
        }
        else
        {
            NpzExport.Write(model, content);
        }

        AtomicFile.Write(store, path, file => file.Write(content.GetBuffer().AsSpan(0, (int)content.Length)));
    }
}
