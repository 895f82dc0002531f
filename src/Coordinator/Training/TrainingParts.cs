using Distributed.Coordinator.Membership;

namespace Distributed.Coordinator.Training;

/// <summary>The parts of a run that decide what counts. The simulator puts a faulty one in, to see that its fault is noticed.</summary>
public sealed record TrainingParts
{
    /// <summary>Who is live, in which life.</summary>
    public WorkerRoster Roster { get; init; } = new();

    /// <summary>Who holds and who delivered what.</summary>
    public StepLedger Ledger { get; init; } = new();

    /// <summary>Sums the partials; null for one with the run's own addition.</summary>
    public GradientReducer? Reducer { get; init; }
}
