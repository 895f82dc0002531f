namespace Grpc.Net.Client.Internal;

/// <summary>Runs an action when a call's deadline is past, at once if it already is.</summary>
internal sealed class DeadlineTimer : IDisposable
{
    private readonly DateTime _deadline;
    private readonly Action _onDeadline;
    private readonly ITimer _timer;

    private DeadlineTimer(DateTime deadline, Action onDeadline)
    {
        (_deadline, _onDeadline) = (deadline, onDeadline);
        using AsyncFlowControl flow = ExecutionContext.SuppressFlow();
        _timer = TimeProvider.System.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TimeSpan Left => _deadline - TimeProvider.System.GetUtcNow().UtcDateTime;

    public bool IsPast => Left <= TimeSpan.Zero;

    /// <summary>Null without a deadline. A deadline that is not in UTC is an error: it would be off by the time zone.</summary>
    public static DeadlineTimer? Create(DateTime? deadline, Action onDeadline)
    {
        if (deadline is not { } time || time == DateTime.MaxValue)
            return null;
        return time.Kind == DateTimeKind.Utc || time == DateTime.MinValue
            ? new DeadlineTimer(time, onDeadline)
            : throw new InvalidOperationException($"A call's deadline must be in UTC, not {time.Kind} ({time:O}).");
    }

    public void Start()
    {
        if (IsPast)
            _onDeadline();
        else
            OnTimer();
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>The timer's clock is coarser than the deadline's and reaches 49 days: it looks again until the time has come.</summary>
    private void OnTimer()
    {
        TimeSpan left = Left;
        if (left <= TimeSpan.Zero)
            _onDeadline();
        else
            _timer.Change(TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(left.TotalMilliseconds), int.MaxValue)), Timeout.InfiniteTimeSpan);
    }
}
