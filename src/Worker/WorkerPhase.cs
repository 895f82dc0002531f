namespace Distributed.Worker;

/// <summary>Where a worker is in its life.</summary>
public enum WorkerPhase
{
    /// <summary>It looks for a coordinator that accepts it.</summary>
    Away,

    /// <summary>It is accepted, and prepares.</summary>
    Joined,

    /// <summary>It computes what it is given.</summary>
    Ready,

    /// <summary>It finishes what was begun, and leaves.</summary>
    Draining,

    /// <summary>The program ends.</summary>
    Ended,
}
