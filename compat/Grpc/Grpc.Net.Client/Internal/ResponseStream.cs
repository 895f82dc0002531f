using Grpc.Core;
using Grpc.Core.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>The messages from the server, and at their end the call's status.</summary>
internal sealed class ResponseStream<TResponse>(
    CallLifetime lifetime, Task<MessageReader<TResponse>?> reader, Func<bool, CallOutcome> endWithTrailers)
    : IAsyncStreamReader<TResponse>
    where TResponse : class
{
    private readonly Lock _gate = new();
    private Task<bool> _read = Task.FromResult(true);

    public TResponse Current { get; private set; } = default!;

    /// <summary>Cancelling a read cancels the call.</summary>
    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_read.IsCompleted)
                return Task.FromException<bool>(new InvalidOperationException("Can't read the next message because the previous read is still in progress."));
            return _read = MoveNextCoreAsync(cancellationToken);
        }
    }

    private async Task<bool> MoveNextCoreAsync(CancellationToken cancellationToken)
    {
        Current = default!;
        CallOutcome? outcome = lifetime.Outcome;
        if (outcome is null)
        {
            await using CancellationTokenRegistration cancelled = lifetime.CancelWith(cancellationToken);
            outcome = await ReadAsync().ConfigureAwait(false);
        }
        if (outcome is null)
            return true;
        return outcome.Status.StatusCode == StatusCode.OK ? false : throw lifetime.ToException(outcome);
    }

    /// <summary>Reads the next message into <see cref="Current"/>, or returns how the call ended.</summary>
    private async Task<CallOutcome?> ReadAsync()
    {
        MessageReader<TResponse>? messages = null;
        try
        {
            messages = await reader.ConfigureAwait(false);
            if (messages is null)
                return lifetime.Outcome;
            TResponse? message = await messages.ReadAsync(lifetime.Stopped).ConfigureAwait(false);
            if (message is null)
            {
                messages.Complete();
                return endWithTrailers(false);
            }
            Current = message;
            return null;
        }
        catch (Exception exception)
        {
            messages?.Complete();
            throw lifetime.Fail(exception);
        }
    }
}
