using Distributed.Coordinator.Metrics;

namespace Distributed.Coordinator.Tests.Metrics;

internal static class SampleMetrics
{
    public static EpochMetrics Epoch(int epoch, int step) => new()
    {
        Epoch = epoch,
        Step = step,
        TrainLoss = 0.1 + 0.2,
        TrainAccuracy = 0.9393,
        TestLoss = double.Epsilon,
        TestAccuracy = 1.0 / 3,
        LearningRate = 0.05f,
        Seconds = 2.5,
        SamplesPerSecond = 130_000,
        Workers = 4,
    };

    public static StepMetrics Step(int step) => new()
    {
        Epoch = 1,
        Step = step,
        TrainLoss = 1.5,
        TrainAccuracy = 0.5,
        LearningRate = 0.05f,
        Seconds = 0.25,
        SamplesPerSecond = 1e5,
        Workers = 2,
    };

    public static EventMetrics Event(int step) =>
        new() { Step = step, Seconds = 1, Event = "worker_lost", Worker = "worker-3", Text = "worker-3 <gone> \"äh\"" };
}
