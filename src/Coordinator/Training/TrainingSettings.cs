using Distributed.Protocol;

namespace Distributed.Coordinator.Training;

/// <summary>What a run is told beside its recipe. Nothing here may change a bit of the weights.</summary>
public sealed record TrainingSettings
{
    /// <summary>Where to begin.</summary>
    public TrainingPosition Start { get; init; } = TrainingPosition.Start;

    /// <summary>Steps between checkpoints, beside those at each epoch's end; 0 for these alone.</summary>
    public int CheckpointEverySteps { get; init; }

    /// <summary>
    /// Steps done after which the run stops, with a checkpoint, as if it had been asked to; null for never. What comes after is as it would have been:
    /// schedules go by the recipe's own end.
    /// </summary>
    public StepNumber? PauseAfter { get; init; }

    /// <summary>The share of microbatches that are computed twice and compared, 0 to 1.</summary>
    public double AuditFraction { get; init; }

    /// <summary>How long a worker that sends heartbeats may be silent.</summary>
    public TimeSpan HeartbeatLimit { get; init; } = TimeSpan.FromSeconds(3);
}
