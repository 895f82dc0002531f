using Distributed.Coordinator.Commands;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Reports;

/// <summary>What a trained network makes of samples, one by one.</summary>
/// <param name="SamplesName">The samples as a person calls them: test samples.</param>
/// <param name="Samples">The samples.</param>
/// <param name="Confusion">Which class was taken for which.</param>
/// <param name="Misreads">The mistakes it was surest of, surest first; they index <paramref name="Samples"/>.</param>
public sealed record SampleReading(string SamplesName, Dataset Samples, ConfusionMatrix Confusion, IReadOnlyList<Misread> Misreads)
{
    private const int BlockSamples = 500;

    /// <summary>Reads every sample once.</summary>
    /// <param name="classifier">The trained network.</param>
    /// <param name="classes">Its classes; no label of <paramref name="samples"/> may be beyond them.</param>
    public static SampleReading Of(IClassifier classifier, int classes, Dataset samples, string samplesName)
    {
        var confusion = new ConfusionMatrix(classes);
        var misreads = new MisreadSelection();
        float[] probabilities = new float[BlockSamples * classes];
        for (int first = 0; first < samples.Count; first += BlockSamples)
        {
            int count = Math.Min(BlockSamples, samples.Count - first);
            classifier.Probabilities(samples, first, count, probabilities.AsSpan(0, count * classes));
            for (int row = 0; row < count; row++)
            {
                ReadOnlySpan<float> sample = probabilities.AsSpan(row * classes, classes);
                int prediction = ModelEvaluation.Prediction(sample);
                int label = samples.Labels[first + row];
                confusion.Add(label, prediction);
                misreads.Offer(new Misread(first + row, label, prediction, sample[prediction]));
            }
        }

        return new SampleReading(samplesName, samples, confusion, misreads.Worst);
    }
}
