using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Cluster;

/// <summary>Says once how long the takeover has taken, at the first step after it.</summary>
internal sealed class TakeoverObserver(ITrainingObserver inner, long lostAt, TimeProvider time) : ITrainingObserver
{
    private bool _isSaid;

    /// <inheritdoc/>
    public void RunStarted(TrainingSummary summary) => inner.RunStarted(summary);

    /// <inheritdoc/>
    public void StepDone(StepProgress progress)
    {
        if (!_isSaid)
        {
            _isSaid = true;
            string after = lostAt == 0 ? "" : $", {time.GetElapsedTime(lostAt).TotalSeconds:F1} s after the coordinator before it fell silent";
            inner.Event($"step {progress.Step} is the first of this coordinator{after}", EventLevel.Information);
        }

        inner.StepDone(progress);
    }

    /// <inheritdoc/>
    public void EpochDone(EpochProgress progress) => inner.EpochDone(progress);

    /// <inheritdoc/>
    public void Event(string text, EventLevel level) => inner.Event(text, level);
}
