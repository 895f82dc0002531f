using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Reports;
using Distributed.Coordinator.Tests.Checkpoints;
using Distributed.Coordinator.Tests.Metrics;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Tests.Reports;

internal static class SampleReport
{
    public const string Hostile = "</style><script>alert(\"'&\")</script>";

    /// <summary>Three classes, pictures of 5×5, hostile text wherever text comes from outside.</summary>
    public static RunReport Make() => new()
    {
        Recipe = SampleCheckpoint.FullRecipe with { Name = Hostile, Description = Hostile },
        Shape = SampleCheckpoint.FullRecipe.ShapeFor(25, 3),
        WeightsDigest = Digest.Of("weights"u8),
        DataName = Hostile,
        DataDigest = Digest.Of("data"u8),
        TrainSamples = 60_000,
        ValidationSamples = 6_000,
        TestSamples = 100,
        ProgramVersion = "0.1.0",
        CommandLine = ["--data", Hostile],
        ResultEpoch = SampleMetrics.Epoch(2, 20),
        History = new MetricsHistory([SampleMetrics.Epoch(1, 10), SampleMetrics.Epoch(2, 20), SampleMetrics.Event(15) with { Text = Hostile }], []),
        Reading = new SampleReading("test samples", Pictures, Matrix(3, (0, 0, 30), (0, 1, 1), (1, 0, 2), (1, 1, 40), (1, 2, 3), (2, 2, 24)), Mistakes),
    };

    public static Misread[] Mistakes { get; } = [new(1, 0, 2, 0.75f), new(0, 1, 0, 0.5f)];

    public static ConfusionMatrix Matrix(int classes, params (int Label, int Prediction, int Count)[] counts)
    {
        var matrix = new ConfusionMatrix(classes);
        foreach ((int label, int prediction, int count) in counts)
        {
            for (int sample = 0; sample < count; sample++)
            {
                matrix.Add(label, prediction);
            }
        }

        return matrix;
    }

    private static Dataset Pictures { get; } = Dataset.OfBytes(25, 3, [.. Enumerable.Range(0, 50).Select(value => (byte)(5 * value))], [0, 1]);
}
