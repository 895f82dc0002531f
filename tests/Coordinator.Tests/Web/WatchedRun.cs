using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Recipes;
using Distributed.Coordinator.Web;
using Distributed.Protocol;
using Distributed.Protocol.Plan;

namespace Distributed.Coordinator.Tests.Web;

/// <summary>A run of 4 epochs of 10 steps of 8 samples, watched, that trains nothing.</summary>
internal static class WatchedRun
{
    internal const int Samples = 80;

    internal static StepSchedule Schedule { get; } = new(Samples, 8, 4, 4);

    internal static RunWatch New(TimeProvider time, EarlierRun? earlier = null) =>
        new(new Nobody(), RecipeCatalog.Default, Schedule, Samples, earlier ?? EarlierRun.None, time);

    internal static Join Join(int worker, int incarnation = 1) => new(new WorkerId(worker), new Incarnation(incarnation), $"10.0.0.{worker}:41022");

    internal static TrainingSummary Summary { get; } = new()
    {
        Recipe = RecipeCatalog.DefaultName,
        Layers = "784-128-10",
        Parameters = 101_770,
        TrainSamples = Samples,
        ValidationSamples = 0,
        TestSamples = 20,
        Workers = 2,
        Epochs = 4,
        StepsPerEpoch = Schedule.StepsPerEpoch,
        RunDirectory = "runs/a \"quoted\\folder\"",
    };

    internal static EpochMetrics Epoch(int epoch) => new()
    {
        Epoch = epoch,
        Step = epoch * Schedule.StepsPerEpoch,
        TrainLoss = 1.0 / epoch,
        TrainAccuracy = 1 - (0.5 / epoch),
        TestLoss = 1.1 / epoch,
        TestAccuracy = 0.9,
        LearningRate = 0.05f,
        Seconds = epoch,
        SamplesPerSecond = Samples,
        Workers = 2,
    };

    internal static StepMetrics Line(int step, double loss, double accuracy) => new()
    {
        Epoch = 1,
        Step = step,
        TrainLoss = loss,
        TrainAccuracy = accuracy,
        LearningRate = 0.05f,
        Seconds = step,
        SamplesPerSecond = 8,
        Workers = 2,
    };

    private sealed class Nobody : ITrainingObserver
    {
        public void RunStarted(TrainingSummary summary)
        {
        }

        public void StepDone(StepProgress progress)
        {
        }

        public void EpochDone(EpochProgress progress)
        {
        }

        public void Event(string text, EventLevel level)
        {
        }
    }
}
