namespace Distributed.Coordinator.Commands;

/// <summary>What a person watching a run is shown. Calls come one at a time.</summary>
public interface ITrainingObserver
{
    /// <summary>Once, before the first step.</summary>
    void RunStarted(TrainingSummary summary);

    /// <summary>At most about ten times a second.</summary>
    void StepDone(StepProgress progress);

    /// <summary>At each epoch's end, after validation and test.</summary>
    void EpochDone(EpochProgress progress);

    /// <summary>Something worth a line: a worker joined or was lost, a checkpoint could not be written …</summary>
    void Event(string text, EventLevel level);
}

/// <summary>How much an event matters.</summary>
public enum EventLevel
{
    Information,
    Warning,
    Error,
}
