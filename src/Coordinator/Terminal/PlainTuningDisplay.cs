using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Tuning;

namespace Distributed.Coordinator.Terminal;

/// <summary>A tuning as plain lines for a log: each rung, each trial's end, events. No escape codes.</summary>
public sealed class PlainTuningDisplay(TextWriter writer) : ITuningDisplay
{
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public void RungStarted(TuningProgress progress, CoreShare share)
    {
        foreach (string line in TuningLines.RungStarted(progress, share))
        {
            Event(line, EventLevel.Information);
        }
    }

    /// <inheritdoc/>
    public ITrainingObserver TrialStarted(Trial trial, int epochs) => new TrialWatch(trial, this, () => { });

    /// <inheritdoc/>
    public void TrialEnded(Trial trial, TrialResult result, TuningProgress progress) =>
        Event(TuningLines.TrialEnded(trial, result, progress), result.Failure is null ? EventLevel.Information : EventLevel.Warning);

    /// <inheritdoc/>
    public void Event(string text, EventLevel level)
    {
        lock (_lock)
        {
            writer.WriteLine(EventText.For(text, level));
            writer.Flush();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
