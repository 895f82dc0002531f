using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Metrics;
using Distributed.Protocol;

namespace Distributed.Coordinator.Web;

/// <summary>What a run is doing.</summary>
public enum RunPhase
{
    Preparing,
    Training,
    Stopping,
    Over,
}

/// <summary>Something that happened, in words.</summary>
/// <param name="Number">From 1, in the order of happening.</param>
/// <param name="Seconds">Since the run began.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Level">How much it matters.</param>
public sealed record WatchedEvent(int Number, double Seconds, int Step, string Text, EventLevel Level);

/// <summary>A run at one moment. Every list is its own copy.</summary>
public sealed record RunSnapshot
{
    public required Recipe Recipe { get; init; }

    public required TrainingSummary? Summary { get; init; }

    public required RunPhase Phase { get; init; }

    /// <summary>How it ended; empty before.</summary>
    public string Ending { get; init; } = "";

    /// <summary>Steps done, those before a resume included.</summary>
    public required int Step { get; init; }

    /// <summary>Of the whole run.</summary>
    public required int Steps { get; init; }

    /// <summary>What the run has done, what it did before a resume included.</summary>
    public required RunTotals Totals { get; init; }

    /// <summary>What it had done when this process began.</summary>
    public required RunTotals TotalsBefore { get; init; }

    /// <summary>Within the epoch; null before the first is known.</summary>
    public required StepProgress? Progress { get; init; }

    /// <summary>Seconds since the run began, those before a resume included.</summary>
    public required double Seconds { get; init; }

    /// <summary>Seconds to the end; null while unknown.</summary>
    public required double? SecondsLeft { get; init; }

    public required IReadOnlyList<EpochMetrics> Epochs { get; init; }

    /// <summary>The last step line of the metrics; null before the first.</summary>
    public required StepMetrics? LastLine { get; init; }

    public required IReadOnlyList<TrailPoint> Trail { get; init; }

    /// <summary>Newest last.</summary>
    public required IReadOnlyList<WatchedEvent> Events { get; init; }

    /// <summary>How many events there were of each level, by <see cref="EventLevel"/>.</summary>
    public required IReadOnlyList<long> EventCounts { get; init; }

    public required IReadOnlyList<WorkerState> Workers { get; init; }

    /// <summary>Workers that can compute.</summary>
    public int LiveWorkers => Workers.Count(worker => worker.Condition.IsThere());

    /// <summary>True when steps are being done.</summary>
    public bool IsReady => Phase == RunPhase.Training && LiveWorkers > 0;
}
