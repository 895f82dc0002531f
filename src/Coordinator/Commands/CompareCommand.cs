using System.Text;
using Distributed.Coordinator.Comparison;
using Distributed.Coordinator.Storage;
using Distributed.Protocol;

namespace Distributed.Coordinator.Commands;

/// <summary>Puts runs side by side: where their recipes differ, what came out, and whether it is the same weights.</summary>
public static class CompareCommand
{
    private static readonly CommandOption Output = new(
        "--output", "FILE.svg", "Output", "also draws the curves of all runs over each other", "default no picture");

    public static CommandDefinition Definition() =>
        new("compare", "a table of several runs, and their curves in one picture", RunAsync)
        {
            Arguments =
            [
                new CommandArgument("RUN", "the folder of a run"),
                new CommandArgument("RUN...", "the folders of the runs to compare it with", Repeats: true),
            ],
            Options = [Output, CommonOptions.Json, CommonOptions.Help],
            Examples =
            [
                ("compare runs/scratch-mlp-1 runs/adam-mlp-1", "recipes, losses, accuracies, speed, digests"),
                ("compare runs/a runs/b runs/c --output curves.svg", "more runs, with a picture"),
            ],
            Notes = ["Of the recipes only what differs is shown. A best value stands with its epoch (@3), where it is not the last one."],
        };

    private static async Task<int> RunAsync(ParsedCommand command, CommandEnvironment environment)
    {
        string? picture = command.Text(Output);
        if (picture is not null && !Path.GetExtension(picture).Equals(".svg", StringComparison.OrdinalIgnoreCase))
        {
            throw new InputException($"--output {picture}: the picture is SVG; give a name that ends in .svg");
        }

        RunComparison comparison = RunComparison.Read(command.Arguments);
        foreach (string note in comparison.Runs.SelectMany(run => run.Notes))
        {
            await environment.Error.Writer.WriteLineAsync($"note: {note}").ConfigureAwait(false);
        }

        IEnumerable<string> lines = command.Has(CommonOptions.Json)
            ? [ComparisonJson.Of(comparison)]
            : ComparisonText.Of(comparison, environment.Output.Width);
        foreach (string line in lines)
        {
            await environment.Output.Writer.WriteLineAsync(line).ConfigureAwait(false);
        }

        if (picture is not null)
        {
            byte[] svg = Encoding.UTF8.GetBytes(ComparisonCharts.RenderFile(comparison));
            OutputFile.Replace(picture, (store, name) => AtomicFile.Write(store, name, svg));
            await environment.Error.Writer.WriteLineAsync($"curves: {picture}").ConfigureAwait(false);
        }

        return ExitCode.Done;
    }
}
