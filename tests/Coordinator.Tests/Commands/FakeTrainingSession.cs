using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Tests.Commands;

/// <summary>Trains nothing: keeps what it was asked for, tells the observer a short story, and ends as it was told to.</summary>
public sealed class FakeTrainingSession : ITrainingSession
{
    public TrainOptions? Asked { get; private set; }

    public TrainingOutcome Outcome { get; set; } =
        new() { ExitCode = ExitCode.Done, RunDirectory = "runs/fake-1", TestAccuracy = 0.9712, WeightsDigest = new string('a', 64) };

    public Action<ITrainingObserver> Story { get; set; } = _ => { };

    public Task<TrainingOutcome> RunAsync(TrainOptions options, ITrainingObserver observer, CancellationToken stop)
    {
        Asked = options;
        Story(observer);
        return Task.FromResult(Outcome);
    }
}
