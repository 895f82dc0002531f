using Distributed.Coordinator.Recipes;
using Distributed.Coordinator.Terminal;
using Distributed.Protocol;

namespace Distributed.Coordinator.Commands;

/// <summary>Shows one sample and what a trained model makes of it.</summary>
public static class PredictCommand
{
    private static readonly CommandOption Index = new("--index", "N", "Sample", "which sample, from 0", "default 0");

    public static CommandDefinition Definition()
    {
        var options = new ModelOptionSet();
        return new CommandDefinition(
            "predict",
            "draws a sample and shows the probability of each class",
            (command, environment) => RunAsync(options, command, environment)
        )
        {
            Arguments = [ModelOptionSet.Model],
            Options = [Index, .. options.All, CommonOptions.Json, CommonOptions.Help],
            Examples =
            [
                ("predict runs/scratch-mlp-1 --index 8", "the test sample number 8"),
                ("predict model.safetensors --data new.csv --index 0", "the first sample of another file"),
                ("predict runs/scratch-mlp-1 --index 8 --json", "for a script"),
            ],
        };
    }

    private static async Task<int> RunAsync(ModelOptionSet options, ParsedCommand command, CommandEnvironment environment)
    {
        int? asked = command.Value(Index)?.WholeNumber(0);
        OpenedModel model = environment.Models.Open(options.Read(command));
        int index = asked ?? 0;
        if (index >= model.Samples.Count)
        {
            throw new InputException(
                $"--index must be from 0 to {model.Samples.Count - 1}, since there are {model.Samples.Count} {model.SamplesName}, not {index}"
            );
        }

        float[] probabilities = new float[model.Shape.Outputs];
        model.Classifier.Probabilities(model.Samples, index, 1, probabilities);
        var prediction = new SamplePrediction(index, model.Samples.Labels[index], probabilities);
        if (command.Has(CommonOptions.Json))
        {
            await environment.Output.Writer.WriteLineAsync(PredictionJson.Of(model, prediction)).ConfigureAwait(false);
        }
        else
        {
            PredictionView.Write(environment.Output, model, prediction);
        }

        return ExitCode.Done;
    }
}
