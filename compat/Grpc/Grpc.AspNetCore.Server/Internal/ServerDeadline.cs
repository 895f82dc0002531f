namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Ends a call whose client no longer waits for it.</summary>
internal sealed class ServerDeadline : IAsyncDisposable
{
    private readonly CancellationTokenSource _cancellation;
    private readonly Func<Task> _end;
    private readonly ITimer _timer;
    private Task _ending = Task.CompletedTask;

    public ServerDeadline(TimeSpan timeout, CancellationToken requestAborted, Func<Task> end)
    {
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
        Time = timeout < DateTime.MaxValue - now ? now + timeout : DateTime.MaxValue;
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(requestAborted);
        _end = end;
        _timer = TimeProvider.System.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Min(timeout.TotalMilliseconds, int.MaxValue)), Timeout.InfiniteTimeSpan);
    }

    /// <summary>In UTC.</summary>
    public DateTime Time { get; }

    /// <summary>Fires at the deadline and when the client goes away.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Waits for the end that the deadline began: the request must outlive it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _ending;
        _cancellation.Dispose();
    }

    private void OnTimer() => _ending = EndAsync();

    private async Task EndAsync()
    {
        try
        {
            await _end();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The client is gone or the response had just ended: nobody is left to tell.
        }
        await _cancellation.CancelAsync();
    }
}
