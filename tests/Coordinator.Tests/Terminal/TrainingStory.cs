using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Tests.Terminal;

/// <summary>A short run as a session tells it: two epochs of two steps, a warning between them.</summary>
public static class TrainingStory
{
    public static TrainingSummary Summary { get; } = new()
    {
        Recipe = "scratch-mlp",
        Layers = "784-128-10",
        Parameters = 101_770,
        TrainSamples = 60_000,
        ValidationSamples = 0,
        TestSamples = 10_000,
        Workers = 4,
        Epochs = 2,
        StepsPerEpoch = 1875,
        RunDirectory = "runs/scratch-mlp-1",
    };

    public static StepProgress Step(int epoch, int step) => new(epoch, 2, step, 1875, 0.25, 0.9375, 131_072);

    public static EpochProgress Epoch(int epoch) => new()
    {
        Epoch = epoch,
        Epochs = 2,
        TrainLoss = 0.4188,
        TrainAccuracy = 0.8857,
        TestLoss = 0.2312,
        TestAccuracy = 0.933,
        Seconds = 1.25,
        SamplesPerSecond = 131_072,
    };

    public static void Tell(ITrainingObserver observer, FakeTime time)
    {
        observer.RunStarted(Summary);
        foreach (int epoch in (int[])[1, 2])
        {
            observer.StepDone(Step(epoch, 1));
            time.Advance(1);
            observer.StepDone(Step(epoch, 1875));
            observer.EpochDone(Epoch(epoch));
            if (epoch == 1)
            {
                observer.Event("worker-2 was lost: connection closed", EventLevel.Warning);
            }
        }
    }
}
