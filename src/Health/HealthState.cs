namespace Distributed.Health;

/// <summary>What a probe can learn of a program.</summary>
/// <param name="Fault">Why it should be started again, in one line; null while it works.</param>
/// <param name="NotReady">Why it cannot do its part now, in one line; null while it can.</param>
public sealed record HealthState(string? Fault, string? NotReady)
{
    /// <summary>It works and does its part.</summary>
    public static readonly HealthState Ready = new(null, null);

    /// <summary>It works and waits for something.</summary>
    public static HealthState Waiting(string reason) => new(null, reason);

    /// <summary>It does not work.</summary>
    public static HealthState Broken(string reason) => new(reason, reason);
}
