using Distributed.Coordinator.Terminal;

namespace Distributed.Coordinator.Commands;

/// <summary>Measures a trained model.</summary>
public static class EvaluateCommand
{
    public static CommandDefinition Definition()
    {
        var options = new ModelOptionSet();
        return new CommandDefinition(
            "evaluate",
            "loss, accuracy and a table per class of a trained model",
            (command, environment) => RunAsync(options, command, environment)
        )
        {
            Arguments = [ModelOptionSet.Model],
            Options = [.. options.All, CommonOptions.Json, CommonOptions.Help],
            Examples =
            [
                ("evaluate runs/scratch-mlp-1", "on the data the run used"),
                ("evaluate model.safetensors --data new.csv", "on other samples"),
                ("evaluate runs/scratch-mlp-1 --json", "for a script"),
            ],
        };
    }

    private static async Task<int> RunAsync(ModelOptionSet options, ParsedCommand command, CommandEnvironment environment)
    {
        OpenedModel model = environment.Models.Open(options.Read(command));
        var evaluation = ModelEvaluation.Of(model);
        string text = command.Has(CommonOptions.Json)
            ? EvaluationJson.Of(model, evaluation)
            : EvaluationText.Of(model, evaluation, environment.Output.Width);
        await environment.Output.Writer.WriteLineAsync(text).ConfigureAwait(false);
        return ExitCode.Done;
    }
}
