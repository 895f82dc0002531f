using Distributed.Coordinator.Data;
using Distributed.Coordinator.Recipes;
using Distributed.Coordinator.Terminal;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Commands;

/// <summary>Shows one sample and what a trained model makes of it.</summary>
public static class PredictCommand
{
    private static readonly CommandOption Index = new("--index", "N", "Sample", "which sample, image or row, from 0", "default 0");

    private static readonly CommandArgument Input = new(
        "FILE|-",
        "a sample of one's own: an IDX file of images, a CSV file, or raw bytes, one per feature; - reads standard input",
        Required: false);

    public static CommandDefinition Definition()
    {
        var options = new ModelOptionSet();
        return new CommandDefinition(
            "predict",
            "draws a sample and shows the probability of each class",
            (command, environment) => RunAsync(options, command, environment)
        )
        {
            Arguments = [ModelOptionSet.Model, Input],
            Options = [Index, .. options.All, CommonOptions.Json, CommonOptions.Help],
            Examples =
            [
                ("predict runs/scratch-mlp-1 --index 8", "the test sample number 8"),
                ("predict runs/scratch-mlp-1 digit.raw", "784 bytes: 28×28 pixels, row by row, bright strokes on black"),
                ("predict model.safetensors rows.csv --index 2", "the third row, with or without a label"),
                ("predict model.safetensors --data new.csv --index 0", "the first sample of another dataset"),
                ("predict runs/scratch-mlp-1 --index 8 --json", "for a script"),
            ],
            Notes = ["The scale that the model was trained with is applied: give features as they were in the training data."],
        };
    }

    private static async Task<int> RunAsync(ModelOptionSet options, ParsedCommand command, CommandEnvironment environment)
    {
        int index = command.Value(Index)?.WholeNumber(0) ?? 0;
        (ReadyModel model, SamplePrediction prediction) = command.Arguments is [_, string input]
            ? OwnSample(options, command, environment, input, index)
            : SampleOfDataset(options.Read(command), environment, index);
        if (command.Has(CommonOptions.Json))
        {
            await environment.Output.Writer.WriteLineAsync(PredictionJson.Of(model, prediction)).ConfigureAwait(false);
        }
        else
        {
            PredictionView.Write(environment.Output, prediction);
        }

        return ExitCode.Done;
    }

    private static (ReadyModel, SamplePrediction) SampleOfDataset(ModelQuery query, CommandEnvironment environment, int index)
    {
        OpenedModel model = environment.Models.Open(query);
        if (index >= model.Samples.Count)
        {
            throw new InputException(
                $"--index must be from 0 to {model.Samples.Count - 1}, since there are {model.Samples.Count} {model.SamplesName}, not {index}"
            );
        }

        return (model, new SamplePrediction
        {
            Name = $"sample {index} of {Figures.Whole(model.Samples.Count)} {model.SamplesName}",
            Source = model.SamplesName,
            Index = index,
            Samples = model.Samples,
            Row = index,
            Label = model.Samples.Labels[index],
            Probabilities = Ask(model, model.Samples, index),
        });
    }

    private static (ReadyModel, SamplePrediction) OwnSample(
        ModelOptionSet options, ParsedCommand command, CommandEnvironment environment, string input, int index)
    {
        CommandOption? other = new[] { options.Data, options.TestData }.FirstOrDefault(command.Has);
        if (other is not null)
        {
            throw new InputException($"{other.Name} and a sample of one's own ({input}) do not go together; leave one out");
        }

        using Stream content = OwnSampleFile.Open(input, environment.OpenInput);
        ReadyModel model = environment.Models.Open(command.Arguments[0]);
        string name = input == OwnSampleFile.StandardInput ? "standard input" : input;
        var sample = SingleSample.Read(content, name, model.Shape.Inputs, index, command.Text(options.LabelColumn));
        return (model, new SamplePrediction
        {
            Name = sample.Name,
            Source = name,
            Index = index,
            Samples = sample.Features,
            Row = 0,
            Label = sample.Label,
            Probabilities = Ask(model, sample.Features, row: 0),
        });
    }

    private static float[] Ask(ReadyModel model, Dataset samples, int row)
    {
        float[] probabilities = new float[model.Shape.Outputs];
        model.Classifier.Probabilities(samples, row, 1, probabilities);
        return probabilities;
    }
}
