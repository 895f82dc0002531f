using System.Globalization;
using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Terminal;

/// <summary>The probabilities of a sample as bars, by class; of more than twenty classes, the ten most probable.</summary>
public static class ProbabilityBars
{
    private const int ClassesMax = 20;
    private const int ClassesOfMany = 10;
    private const int BarMax = 40;

    public static IEnumerable<string> Lines(SamplePrediction prediction, int width)
    {
        int[] classes = [.. Enumerable.Range(0, prediction.Probabilities.Length)];
        if (classes.Length > ClassesMax)
        {
            classes = [.. classes.OrderByDescending(c => prediction.Probabilities[c]).Take(ClassesOfMany)];
        }

        int digits = classes.Max().ToString(CultureInfo.InvariantCulture).Length;
        int bar = Math.Clamp(width - digits - 20, 4, BarMax);
        foreach (int c in classes)
        {
            float probability = prediction.Probabilities[c];
            string mark = c == prediction.Label ? "  label" : "";
            string name = c.ToString(CultureInfo.InvariantCulture).PadLeft(digits);
            yield return $"{name} {Bar(probability, bar).PadRight(bar)} {Figures.Accuracy(probability)}{mark}";
        }
    }

    /// <summary>In eighths of a character, so that a small probability is still seen.</summary>
    private static string Bar(float probability, int columns)
    {
        int eighths = (int)Math.Round(Math.Clamp(probability, 0, 1) * columns * 8);
        string rest = eighths % 8 == 0 ? "" : ((char)('█' + (8 - (eighths % 8)))).ToString();
        return new string('█', eighths / 8) + rest;
    }
}
