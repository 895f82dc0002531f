using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Exports;
using Distributed.Protocol;

namespace Distributed.Coordinator.Commands;

/// <summary>Writes a trained model as a file that other programs read.</summary>
public static class ExportCommand
{
    private const string Group = "Export";

    private static readonly CommandOption Output = new("--output", "FILE", Group, "the file to write; one that is there is replaced");

    private static readonly CommandOption Format = new("--format", "FORMAT", Group, ModelExport.Formats, "default the ending of --output");

    private static readonly CommandOption Logits = new("--logits", null, Group, "onnx: gives logits instead of probabilities");

    private static readonly CommandOption Scaled = new(
        "--scaled-features",
        null,
        Group,
        "onnx: takes features that were scaled already, instead of raw ones"
    );

    public static CommandDefinition Definition() =>
        new("export", "writes a model for other programs: ONNX, safetensors or NPZ", RunAsync)
        {
            Arguments = [ModelOptionSet.Model],
            Options = [Output, Format, Logits, Scaled, CommonOptions.Help],
            Examples =
            [
                ("export runs/scratch-mlp-1 --output digits.onnx", "for ONNX Runtime: raw pixels in, probabilities out"),
                ("export runs/scratch-mlp-1 --output digits.npz", "for NumPy"),
                ("export model.safetensors --format onnx --output digits --logits", "a model file, without the softmax"),
            ],
        };

    private static async Task<int> RunAsync(ParsedCommand command, CommandEnvironment environment)
    {
        string output = command.Text(Output) ?? throw new InputException("export needs --output FILE, the file to write");
        ExportFormat format = ModelExport.FormatOf(command.Text(Format), output);
        RefuseOptionsOfOnnx(command, format);
        TrainedModel model = TrainedModels.ReadModel(command.Arguments[0]);
        var options = new OnnxOptions
        {
            Softmax = !command.Has(Logits),
            RawFeatures = !command.Has(Scaled),
            ProgramVersion = environment.Version,
        };
        ModelExport.WriteFile(model, format, output, options);
        await environment.Output.Writer.WriteLineAsync(output).ConfigureAwait(false);
        await environment.Output.Writer.WriteLineAsync($"weights digest {model.ComputeWeightsDigest()}").ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static void RefuseOptionsOfOnnx(ParsedCommand command, ExportFormat format)
    {
        CommandOption? ofOnnx = new[] { Logits, Scaled }.FirstOrDefault(command.Has);
        if (ofOnnx is not null && format != ExportFormat.Onnx)
        {
            throw new InputException($"{ofOnnx.Name} has no effect on {format.ToString().ToLowerInvariant()}; use --format onnx or leave it out");
        }
    }
}
