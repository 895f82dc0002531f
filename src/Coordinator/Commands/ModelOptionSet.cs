namespace Distributed.Coordinator.Commands;

/// <summary>The options by which evaluate and predict choose a model and samples.</summary>
public sealed class ModelOptionSet
{
    private const string Group = "Data";

    /// <summary>The model.</summary>
    public static CommandArgument Model { get; } = new("RUN|MODEL", "a run's folder, as runs/scratch-mlp-1, or a model.safetensors");

    public CommandOption Data { get; } =
        new(
            "--data",
            "SOURCE",
            Group,
            "mnist, a folder of IDX files, FILE.csv or FILE.npz; its test samples where it has them",
            "default what the run used, or mnist"
        );

    public CommandOption TestData { get; } = new("--test-data", "SOURCE", Group, "likewise, used instead");

    public CommandOption LabelColumn { get; } =
        new("--label-column", "COLUMN", Group, "the label's column in a CSV file, by name or by number from 1", "default the first");

    public IReadOnlyList<CommandOption> All => [Data, TestData, LabelColumn];

    public ModelQuery Read(ParsedCommand command) =>
        new(command.Arguments[0], command.Text(Data), command.Text(TestData), command.Text(LabelColumn));
}
