using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Reports;
using Distributed.Numerics.Models;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Tests.Reports;

public sealed class SampleReadingTests
{
    private const int Count = 1203;
    private const int Classes = 3;

    [Fact]
    public void Every_sample_is_read_once_whatever_the_blocks()
    {
        int[] labels = [.. Enumerable.Range(0, Count).Select(index => index % Classes)];
        Dataset samples = Dataset.OfBytes(1, Classes, new byte[Count], labels);
        SampleReading reading = SampleReading.Of(new Guessing(), Classes, samples, "test samples");

        for (int label = 0; label < Classes; label++)
        {
            for (int prediction = 0; prediction < Classes; prediction++)
            {
                int expected = Enumerable.Range(0, Count).Count(index => index % Classes == label && Guessing.Guess(index) == prediction);
                Assert.Equal(expected, reading.Confusion[label, prediction]);
            }
        }

        Assert.Equal(MisreadSelection.CountDefault, reading.Misreads.Count);
        Assert.All(reading.Misreads, misread => Assert.Equal((labels[misread.Index], Guessing.Guess(misread.Index)), (misread.Label, misread.Prediction)));
        Assert.All(reading.Misreads, misread => Assert.Equal(Guessing.Sureness(misread.Index), misread.Probability));
    }

    /// <summary>Guesses by the sample's index alone.</summary>
    private sealed class Guessing : IClassifier
    {
        public static int Guess(int index) => index / 7 % Classes;

        public static float Sureness(int index) => 0.5f + (index % 100 / 250f);

        public PartialStatistics Evaluate(Dataset samples) => throw new NotSupportedException("The reading needs probabilities alone.");

        public void Probabilities(Dataset samples, int first, int count, Span<float> probabilities)
        {
            Assert.Equal(count * Classes, probabilities.Length);
            probabilities.Clear();
            for (int row = 0; row < count; row++)
            {
                probabilities[(row * Classes) + Guess(first + row)] = Sureness(first + row);
            }
        }
    }
}
