using Distributed.Numerics.Models;

namespace Distributed.Coordinator.Commands;

/// <summary>What a model makes of samples.</summary>
/// <param name="Loss">Mean cross-entropy.</param>
/// <param name="Accuracy">Share of samples answered correctly.</param>
/// <param name="Confusion">By class.</param>
public sealed record ModelEvaluation(double Loss, double Accuracy, ConfusionMatrix Confusion)
{
    private const int BlockSamples = 500;

    /// <summary>Every sample once.</summary>
    public static ModelEvaluation Of(OpenedModel model)
    {
        PartialStatistics sums = model.Classifier.Evaluate(model.Samples);
        return new ModelEvaluation(sums.LossSum / sums.Samples, (double)sums.Correct / sums.Samples, Count(model));
    }

    /// <summary>The class with the highest probability; ties go to the lowest.</summary>
    public static int Prediction(ReadOnlySpan<float> probabilities)
    {
        int best = 0;
        for (int i = 1; i < probabilities.Length; i++)
        {
            best = probabilities[i] > probabilities[best] ? i : best;
        }

        return best;
    }

    private static ConfusionMatrix Count(OpenedModel model)
    {
        int classes = model.Shape.Outputs;
        var confusion = new ConfusionMatrix(classes);
        float[] probabilities = new float[BlockSamples * classes];
        for (int first = 0; first < model.Samples.Count; first += BlockSamples)
        {
            int count = Math.Min(BlockSamples, model.Samples.Count - first);
            model.Classifier.Probabilities(model.Samples, first, count, probabilities.AsSpan(0, count * classes));
            for (int i = 0; i < count; i++)
            {
                confusion.Add(model.Samples.Labels[first + i], Prediction(probabilities.AsSpan(i * classes, classes)));
            }
        }

        return confusion;
    }
}
