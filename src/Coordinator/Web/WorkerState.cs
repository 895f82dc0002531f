namespace Distributed.Coordinator.Web;

/// <summary>How a worker is.</summary>
public enum WorkerCondition
{
    /// <summary>It computes, or waits for work.</summary>
    Live,

    /// <summary>Others wait for it, or did lately.</summary>
    Slow,

    /// <summary>It is gone; its microbatches went to others.</summary>
    Lost,

    /// <summary>It was lost and has joined again lately. Whoever looks now and then sees that it was gone.</summary>
    Returned,

    /// <summary>It computed wrong bits and is given no more work.</summary>
    Quarantined,
}

/// <summary>What a condition says about work.</summary>
public static class WorkerConditions
{
    /// <summary>True for a worker that can be given some.</summary>
    public static bool IsThere(this WorkerCondition condition) =>
        condition is WorkerCondition.Live or WorkerCondition.Slow or WorkerCondition.Returned;
}

/// <summary>A worker as people see it.</summary>
public sealed record WorkerState
{
    /// <summary>worker-3</summary>
    public required string Id { get; init; }

    /// <summary>What it is called, with its address where it has one.</summary>
    public required string Name { get; init; }

    /// <summary>The number of its present or last life.</summary>
    public required int Incarnation { get; init; }

    public required WorkerCondition Condition { get; init; }

    /// <summary>Microbatches delivered.</summary>
    public required long Microbatches { get; init; }

    /// <summary>Seconds spent on them, as the coordinator sees it.</summary>
    public required double BusySeconds { get; init; }

    /// <summary>Share of the time since it joined that it was not busy; null once it is gone.</summary>
    public required double? WaitingShare { get; init; }

    /// <summary>Seconds since it was last heard of.</summary>
    public required double SilentSeconds { get; init; }
}
