using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Tuning;

/// <summary>What a person watching a tuning is shown. Safe from several threads; disposing it leaves the terminal as it was.</summary>
public interface ITuningDisplay : IAsyncDisposable
{
    /// <summary>A rung begins, or goes on after a resume.</summary>
    void RungStarted(TuningProgress progress, CoreShare share);

    /// <summary>A trial begins or goes on; what it reports goes to the observer.</summary>
    ITrainingObserver TrialStarted(Trial trial, int epochs);

    /// <summary>A trial has a result, which <paramref name="progress"/> knows.</summary>
    void TrialEnded(Trial trial, TrialResult result, TuningProgress progress);

    /// <summary>Something worth a line.</summary>
    void Event(string text, EventLevel level);
}
