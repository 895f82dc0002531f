namespace Distributed.Coordinator.Training;

/// <summary>How many workers may hold one microbatch of the open step by now, and why.</summary>
public readonly record struct SpeculationDecision(int HoldersMax, string Reason);

/// <summary>
/// When a step has waited unusually long and somebody is idle, what is missing is computed by one more worker, and after as long again by another,
/// since who was asked next may hang as well; the first answer wins.
/// </summary>
public static class SpeculationPolicy
{
    /// <summary>Times the usual duration of a step.</summary>
    public const int SlowFactor = 4;

    /// <summary>Shorter waits are not worth doubled work.</summary>
    public static readonly TimeSpan WaitMin = TimeSpan.FromMilliseconds(250);

    /// <summary>Decides from the wait so far, the usual duration of a step (null when unknown) and the number of idle workers.</summary>
    public static SpeculationDecision Decide(TimeSpan waited, TimeSpan? typical, int idle)
    {
        if (idle == 0)
        {
            return new SpeculationDecision(1, "nobody is idle");
        }

        TimeSpan limit = Limit(typical);
        return waited < limit
            ? new SpeculationDecision(1, $"waited {waited.TotalSeconds:F2} s of {limit.TotalSeconds:F2} s")
            : new SpeculationDecision(1 + (int)(waited / limit), $"waited {waited.TotalSeconds:F2} s, usual is {(typical ?? limit).TotalSeconds:F3} s");
    }

    /// <summary>True when the step has waited unusually long.</summary>
    public static bool IsLate(TimeSpan waited, TimeSpan? typical) => waited >= Limit(typical);

    private static TimeSpan Limit(TimeSpan? typical)
    {
        if (typical is not { } usual)
        {
            return TimeSpan.FromSeconds(2);
        }

        TimeSpan limit = usual * SlowFactor;
        return limit < WaitMin ? WaitMin : limit;
    }
}
