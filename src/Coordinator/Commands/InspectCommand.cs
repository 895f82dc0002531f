using Distributed.Coordinator.Inspection;
using Distributed.Protocol;

namespace Distributed.Coordinator.Commands;

/// <summary>Looks into a run's folder, a checkpoint, a model or another program's safetensors file, and checks all that can be.</summary>
public static class InspectCommand
{
    private const string Extension = ".safetensors";

    public static CommandDefinition Definition() =>
        new("inspect", "checks a run, checkpoint or model and lists what is in it", RunAsync)
        {
            Arguments = [new CommandArgument("RUN|FILE", "a run's folder, a checkpoint, a model, or any other .safetensors file")],
            Options = [CommonOptions.Json, CommonOptions.Help],
            Examples =
            [
                ("inspect runs/scratch-mlp-1", "the model, every checkpoint, the recipe"),
                ("inspect runs/scratch-mlp-1/checkpoints/step-00001875.safetensors", "tensors, position, optimizer state"),
                ("inspect model.safetensors --json", "for a script"),
            ],
            Notes = ["Ends with 1 when a file is torn or damaged, and says which check failed."],
        };

    private static async Task<int> RunAsync(ParsedCommand command, CommandEnvironment environment)
    {
        string path = command.Arguments[0];
        bool isJson = command.Has(CommonOptions.Json);
        int width = environment.Output.Width;
        if (Directory.Exists(path))
        {
            RunInspection run = RunInspection.Read(path);
            IEnumerable<string> lines = isJson ? [InspectionJson.Of(run)] : InspectionText.Of(run, width);
            return await WriteAsync(environment, lines, run.Faults).ConfigureAwait(false);
        }

        if (File.Exists(path) && !Path.GetFileName(path).Contains(Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw new InputException($"{path} is not inspected: give a run's folder or a {Extension} file");
        }

        FileInspection file = FileInspection.Read(path);
        IEnumerable<string> text = isJson ? [InspectionJson.Of(file)] : InspectionText.Of(file, width);
        return await WriteAsync(environment, text, file.Fault is null ? [] : [file.Fault]).ConfigureAwait(false);
    }

    private static async Task<int> WriteAsync(CommandEnvironment environment, IEnumerable<string> lines, IEnumerable<string> faults)
    {
        foreach (string line in lines)
        {
            await environment.Output.Writer.WriteLineAsync(line).ConfigureAwait(false);
        }

        int code = ExitCode.Done;
        foreach (string fault in faults)
        {
            await environment.Error.Writer.WriteLineAsync($"error: {fault}").ConfigureAwait(false);
            code = ExitCode.Failed;
        }

        return code;
    }
}
