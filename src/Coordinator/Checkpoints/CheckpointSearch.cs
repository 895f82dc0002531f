namespace Distributed.Coordinator.Checkpoints;

/// <summary>What the search for the newest usable checkpoint found.</summary>
/// <param name="Checkpoint">The newest that is whole; null when there is none.</param>
/// <param name="Path">Its path in the run's folder; null when there is none.</param>
/// <param name="Warnings">One sentence for each newer file that was skipped: which, why, and what is used instead.</param>
public sealed record CheckpointSearch(TrainingCheckpoint? Checkpoint, string? Path, IReadOnlyList<string> Warnings);
