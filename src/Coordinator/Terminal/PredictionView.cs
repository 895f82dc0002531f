using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Terminal;

/// <summary>A sample, drawn where it is a picture, and the model's answer.</summary>
public static class PredictionView
{
    public static void Write(ConsoleStream output, OpenedModel model, SamplePrediction prediction)
    {
        output.Writer.WriteLine($"sample {prediction.Index} of {Figures.Whole(model.Samples.Count)} {model.SamplesName}");
        output.Writer.WriteLine();
        if (DigitDrawing.Of(model.Samples, prediction.Index, output.Width) is { } drawing)
        {
            Draw(output, drawing);
            output.Writer.WriteLine();
        }

        foreach (string line in ProbabilityBars.Lines(prediction, output.Width))
        {
            output.Writer.WriteLine(line);
        }

        output.Writer.WriteLine();
        output.Writer.WriteLine($"label {prediction.Label}");
        string verdict = prediction.Prediction == prediction.Label ? "right" : "wrong";
        output.Writer.WriteLine(
            $"prediction {prediction.Prediction} ({verdict}), probability {Figures.Accuracy(prediction.Probabilities[prediction.Prediction])}"
        );
    }

    private static void Draw(ConsoleStream output, DigitDrawing drawing)
    {
        if (output.HasEscapes)
        {
            TerminalConsole.For(output).Write(new GrayDrawing(drawing));
            return;
        }

        foreach (string line in drawing.Lines())
        {
            output.Writer.WriteLine(line);
        }
    }
}
