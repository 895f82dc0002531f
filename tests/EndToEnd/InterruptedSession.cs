using Distributed.Coordinator.Commands;

namespace Distributed.EndToEnd;

/// <summary>A session that is interrupted once so many of its own steps were shown: Ctrl-C at a known place.</summary>
internal sealed class InterruptedSession(ITrainingSession session, int steps) : ITrainingSession
{
    public async Task<TrainingOutcome> RunAsync(TrainOptions options, ITrainingObserver observer, CancellationToken stop)
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(stop);
        return await session.RunAsync(options, new Watch(observer, interrupt, steps), interrupt.Token);
    }

    private sealed class Watch(ITrainingObserver observer, CancellationTokenSource interrupt, int steps) : ITrainingObserver
    {
        private int _seen;

        public void RunStarted(TrainingSummary summary) => observer.RunStarted(summary);

        public void StepDone(StepProgress progress)
        {
            observer.StepDone(progress);
            if (++_seen == steps)
            {
                interrupt.Cancel();
            }
        }

        public void EpochDone(EpochProgress progress) => observer.EpochDone(progress);

        public void Event(string text, EventLevel level) => observer.Event(text, level);
    }
}

/// <summary>A clock that moves on by a tenth of a second whenever it is read, so that the progress of every step is shown.</summary>
internal sealed class SteppingTime : TimeProvider
{
    private long _reads;

    public override long TimestampFrequency => 10;

    public override long GetTimestamp() => Interlocked.Increment(ref _reads);
}
