using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Tuning;

namespace Distributed.Coordinator.Terminal;

/// <summary>Follows one trial for a tuning's display: keeps where it stands, passes on what went wrong.</summary>
/// <param name="trial">Which one.</param>
/// <param name="display">Shows warnings and errors, with the trial's name.</param>
/// <param name="changed">Called when there is something new to show.</param>
public sealed class TrialWatch(Trial trial, ITuningDisplay display, Action changed) : ITrainingObserver
{
    /// <summary>Where the trial stands; null before its first progress.</summary>
    public StepProgress? Step { get; private set; }

    /// <summary>Its last epoch; null before the first that ends in this process.</summary>
    public EpochProgress? Epoch { get; private set; }

    /// <inheritdoc/>
    public void RunStarted(TrainingSummary summary)
    {
        // The tuning says what it trains.
    }

    /// <inheritdoc/>
    public void StepDone(StepProgress progress)
    {
        Step = progress;
        changed();
    }

    /// <inheritdoc/>
    public void EpochDone(EpochProgress progress)
    {
        Epoch = progress;
        changed();
    }

    /// <inheritdoc/>
    public void Event(string text, EventLevel level)
    {
        if (level != EventLevel.Information)
        {
            display.Event($"trial {trial.Number}: {text}", level);
        }
    }
}
