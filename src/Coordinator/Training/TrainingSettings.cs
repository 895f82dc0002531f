namespace Distributed.Coordinator.Training;

/// <summary>What a run is told beside its recipe. Nothing here may change a bit of the weights.</summary>
public sealed record TrainingSettings
{
    /// <summary>Where to begin.</summary>
    public TrainingPosition Start { get; init; } = TrainingPosition.Start;

    /// <summary>Steps between checkpoints; 0 for one at each epoch's end. There is always one at the end.</summary>
    public int CheckpointEverySteps { get; init; }

    /// <summary>The share of microbatches that are computed twice and compared, 0 to 1.</summary>
    public double AuditFraction { get; init; }

    /// <summary>How long a worker that sends heartbeats may be silent.</summary>
    public TimeSpan HeartbeatLimit { get; init; } = TimeSpan.FromSeconds(3);
}
