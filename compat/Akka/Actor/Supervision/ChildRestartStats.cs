using System.Diagnostics;

namespace Akka.Actor.Internal;

/// <summary>A child and how often it was restarted.</summary>
internal sealed class ChildRestartStats
{
    private int restarts;
    private long? windowStart;

    public ChildRestartStats(LocalActorRef child) => Child = child;

    public LocalActorRef Child { get; }

    /// <summary>
    /// Counts a restart and says whether it is allowed. A time window opens with the first restart counted in it and,
    /// once it has passed, opens anew with the next. With a window but no number, one restart per window is allowed.
    /// </summary>
    public bool RequestRestartPermission(int restartsMax, int windowMilliseconds)
    {
        if (restartsMax == 0) return false;
        if (windowMilliseconds <= 0) return restartsMax < 0 || ++restarts <= restartsMax;
        var now = Stopwatch.GetTimestamp();
        if (windowStart is not { } start || Stopwatch.GetElapsedTime(start, now).TotalMilliseconds > windowMilliseconds)
        {
            windowStart = now;
            restarts = 0;
        }

        return ++restarts <= (restartsMax > 0 ? restartsMax : 1);
    }
}
