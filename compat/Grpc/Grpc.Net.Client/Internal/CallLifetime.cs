using Grpc.Core;

namespace Grpc.Net.Client.Internal;

/// <summary>
/// Decides once how a call ends: whichever comes first of the server's status, a failure, the deadline, a cancellation and Dispose.
/// </summary>
internal sealed class CallLifetime
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CallOptions _options;
    private readonly bool _throwsOperationCanceled;
    private readonly CancellationTokenRegistration _cancelled;
    private readonly CancellationTokenRegistration _channelDisposed;
    private readonly DeadlineTimer? _deadline;
    private CallOutcome? _outcome;

    public CallLifetime(CallOptions options, GrpcChannel channel)
    {
        _options = options;
        _throwsOperationCanceled = channel.ThrowsOperationCanceled;
        _deadline = DeadlineTimer.Create(options.Deadline, () => Abort(new Status(StatusCode.DeadlineExceeded, "")));
        _channelDisposed = channel.Disposed.UnsafeRegister(_ => Abort(new Status(StatusCode.Cancelled, "gRPC channel disposed.")), null);
        _cancelled = options.CancellationToken.UnsafeRegister(_ => AbortByClient(), null);
        _deadline?.Start();
    }

    /// <summary>Runs once, when the call ends for whatever reason after its construction.</summary>
    public event Action? Ended;

    /// <summary>What is left until the deadline; null without one.</summary>
    public TimeSpan? Timeout => _deadline?.Left;

    /// <summary>Fires when the call must stop reading and writing; not after a normal end.</summary>
    public CancellationToken Stopped => _stop.Token;

    public CallOutcome? Outcome => Volatile.Read(ref _outcome);

    /// <summary>Makes another token cancel the call; the one in the call's options already does.</summary>
    public CancellationTokenRegistration CancelWith(CancellationToken token) =>
        token == _options.CancellationToken ? default : token.UnsafeRegister(_ => AbortByClient(), null);

    /// <summary>Ends the call with what the server said. Returns the outcome, which may be an earlier one.</summary>
    public CallOutcome End(Status status, Metadata trailers)
    {
        var outcome = new CallOutcome(status, trailers);
        if (Interlocked.CompareExchange(ref _outcome, outcome, null) is { } earlier)
            return earlier;
        _deadline?.Dispose();
        _cancelled.Unregister();
        _channelDisposed.Unregister();
        Ended?.Invoke();
        return outcome;
    }

    /// <summary>Ends the call from this side, and its HTTP request with it.</summary>
    public CallOutcome Abort(Status status)
    {
        CallOutcome outcome = End(status, Metadata.Empty);
        _stop.Cancel();
        return outcome;
    }

    /// <summary>Ends the call because of a failure. A reset that came with the deadline is the deadline's.</summary>
    public Exception Fail(Exception exception)
    {
        Status status = FailureStatus.Of(exception);
        if (status.StatusCode == StatusCode.Cancelled && _deadline is { IsPast: true })
            status = new Status(StatusCode.DeadlineExceeded, status.Detail, status.DebugException);
        return ToException(Abort(status));
    }

    /// <summary>What the caller sees of an end other than OK.</summary>
    public Exception ToException(CallOutcome outcome)
    {
        var exception = new RpcException(outcome.Status, outcome.Trailers);
        bool isCancellation = outcome.Status.StatusCode is StatusCode.Cancelled or StatusCode.DeadlineExceeded;
        if (!_throwsOperationCanceled || !isCancellation)
            return exception;
        CancellationToken token = _options.CancellationToken.IsCancellationRequested ? _options.CancellationToken : _stop.Token;
        return new OperationCanceledException(exception.Message, exception, token);
    }

    private void AbortByClient() => Abort(new Status(StatusCode.Cancelled, "Call canceled by the client."));
}
