using Distributed.Protocol;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>What became of a checkpoint.</summary>
public enum CheckpointOutcome
{
    /// <summary>Complete and safe from a power cut.</summary>
    Saved,

    /// <summary>Not written; the run goes on, and the next checkpoint is a new attempt.</summary>
    Failed,

    /// <summary>Not written, because a newer one was asked for while it waited its turn.</summary>
    Superseded,

    /// <summary>Saved, but an older one could not be removed.</summary>
    NotPruned,
}

/// <summary>A sentence for the log about one checkpoint.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Step">The checkpoint's step.</param>
/// <param name="Text">The sentence.</param>
public sealed record CheckpointEvent(CheckpointOutcome Outcome, StepNumber Step, string Text);
