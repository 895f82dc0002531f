using System.Globalization;
using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Terminal;

namespace Distributed.Coordinator.Inspection;

/// <summary>An inspection for a person.</summary>
public static class InspectionText
{
    /// <summary>A file: its tensors, then what it says of itself.</summary>
    public static IEnumerable<string> Of(FileInspection file, int width)
    {
        string verdict = file.Fault is null ? "every check passed" : "damaged";
        yield return $"{file.Path}: {file.Kind}, {Figures.Whole(file.Bytes)} bytes, {verdict}";
        if (file.Tensors.Count > 0)
        {
            yield return "";
        }

        foreach (string line in Tensors(file.Tensors, width))
        {
            yield return line;
        }

        foreach (string line in Facts(InspectionFacts.Of(file)))
        {
            yield return line;
        }
    }

    /// <summary>A run's folder: its files, the newest of them that is whole, and its recipe.</summary>
    public static IEnumerable<string> Of(RunInspection run, int width)
    {
        bool isFinished = run.Files.Any(file => Path.GetFileName(file.Path) == ModelFile.Name);
        string what = run.Manifest is { } named ? $"a run of {named.Recipe.Name}" : "a run";
        yield return $"{run.Path}: {what}, {(isFinished ? "finished" : "not finished")}";
        yield return "";
        foreach (string line in Files(run, width))
        {
            yield return line;
        }

        if (run.Newest is { } newest)
        {
            yield return "";
            foreach (string line in Of(newest, width))
            {
                yield return line;
            }
        }

        if (run.Manifest is { } manifest)
        {
            foreach (string line in Facts(InspectionFacts.Of(manifest, withRecipe: run.Newest?.Checkpoint is null)))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<string> Files(RunInspection run, int width)
    {
        var table = new TextTable(new("file"), new("bytes", true), new("step", true), new("epoch", true), new("checks"));
        foreach (FileInspection file in run.Files)
        {
            CheckpointPosition? position = file.Checkpoint?.Position;
            table.Add(
                Path.GetRelativePath(run.Path, file.Path),
                Figures.Whole(file.Bytes),
                position is null ? "-" : Figures.Whole(position.Step.Value),
                position is null ? "-" : Figures.Whole(position.Epoch),
                file.Fault is null ? "passed" : "failed");
        }

        return run.Files.Count == 0 ? ["no model and no checkpoint yet"] : table.Lines(width);
    }

    private static IEnumerable<string> Tensors(IReadOnlyList<TensorSummary> tensors, int width)
    {
        var table = new TextTable(
            [new("tensor"), new("shape"), new("type"), .. new[] { "min", "max", "mean", "NaN", "infinite" }.Select(name => new TextColumn(name, true))]);
        foreach (TensorSummary tensor in tensors)
        {
            TensorStatistics? values = tensor.Statistics;
            string shape = tensor.Shape.Count == 0 ? "scalar" : string.Join('×', tensor.Shape);
            string[] counts = values is null ? ["-", "-"] : [Figures.Whole(values.NaN), Figures.Whole(values.Infinite)];
            string[] numbers = [Number(values?.Min), Number(values?.Max), Number(values?.Mean), .. counts];
            table.Add([PlainText.Of(tensor.Name), shape, tensor.Dtype, .. numbers]);
        }

        return tensors.Count == 0 ? [] : table.Lines(width);
    }

    private static string Number(double? value) => value?.ToString("G5", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>An empty line, then names and values in two columns; nothing without any.</summary>
    private static IEnumerable<string> Facts(IEnumerable<(string Name, string Value)> named)
    {
        (string Name, string Value)[] facts = [.. named];
        if (facts.Length == 0)
        {
            yield break;
        }

        yield return "";
        int column = facts.Max(fact => fact.Name.Length) + 2;
        foreach ((string name, string value) in facts)
        {
            yield return name.PadRight(column) + value;
        }
    }
}
