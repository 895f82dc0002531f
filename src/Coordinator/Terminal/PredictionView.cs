using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Terminal;

/// <summary>A sample, drawn where it is a picture, and the model's answer.</summary>
public static class PredictionView
{
    public static void Write(ConsoleStream output, SamplePrediction prediction)
    {
        output.Writer.WriteLine(prediction.Name);
        output.Writer.WriteLine();
        if (DigitDrawing.Of(prediction.Samples, prediction.Row, output.Width) is { } drawing)
        {
            Draw(output, drawing);
            output.Writer.WriteLine();
        }

        foreach (string line in ProbabilityBars.Lines(prediction, output.Width))
        {
            output.Writer.WriteLine(line);
        }

        output.Writer.WriteLine();
        output.Writer.WriteLine("most probable");
        foreach (int c in prediction.Top)
        {
            output.Writer.WriteLine($"  {c} {Figures.Accuracy(prediction.Probabilities[c])}");
        }

        output.Writer.WriteLine();
        string verdict = "";
        if (prediction.Label is { } label)
        {
            output.Writer.WriteLine($"label {label}");
            verdict = prediction.Prediction == label ? " (right)" : " (wrong)";
        }

        output.Writer.WriteLine(
            $"prediction {prediction.Prediction}{verdict}, probability {Figures.Accuracy(prediction.Probabilities[prediction.Prediction])}");
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
