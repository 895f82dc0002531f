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
        History = new MetricsHistory([SampleMetrics.Epoch(1, 10), SampleMetrics.Epoch(2, 20), SampleMetrics.Event(15) with { Text = Hostile }], []),
        Confusion = new[,] { { 30, 1, 0 }, { 2, 40, 3 }, { 0, 0, 24 } },
        Misreads = [new Misread(1, 0, 2, 0.75f), new Misread(0, 1, 0, 0.5f)],
        MisreadSamples = Dataset.OfBytes(25, 3, [.. Enumerable.Range(0, 50).Select(value => (byte)(5 * value))], [0, 1]),
    };
}
