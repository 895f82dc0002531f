using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Core.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>The messages from the client. They are serialized into rented segments that the HTTP/2 stream then sends.</summary>
internal sealed class RequestStream<TRequest>(CallLifetime lifetime, Marshaller<TRequest> marshaller, MessageLimit limit)
    : IClientStreamWriter<TRequest>
    where TRequest : class
{
    private static readonly StreamPipeWriterOptions WriterOptions = new(BlockPool.Instance, BlockPool.BlockBytes, leaveOpen: true);

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<(PipeWriter Pipe, MessageWriter<TRequest> Messages)> _output =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _write = Task.CompletedTask;
    private bool _isComplete;

    public WriteOptions? WriteOptions { get; set; }

    private bool MayWait => WriteOptions?.Flags.HasFlag(WriteFlags.BufferHint) == true;

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    /// <summary>Cancelling a write cancels the call: half a message cannot be taken back.</summary>
    public Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        lock (_gate)
        {
            if (_isComplete)
                return Task.FromException(new InvalidOperationException("Request stream has already been completed."));
            if (lifetime.Outcome is { } outcome)
                return Task.FromException(lifetime.ToException(outcome));
            if (!_write.IsCompleted)
                return Task.FromException(Busy("write the message"));
            return _write = WriteCoreAsync(message, cancellationToken);
        }
    }

    public Task CompleteAsync()
    {
        lock (_gate)
        {
            if (!_write.IsCompleted)
                return Task.FromException(Busy("complete the client stream writer"));
            _isComplete = true;
        }
        _finished.TrySetResult();
        return Task.CompletedTask;
    }

    /// <summary>The call has ended: nothing is sent any more.</summary>
    public void Stop()
    {
        _output.TrySetCanceled();
        _finished.TrySetCanceled();
    }

    /// <summary>Sends the one message of a call whose client does not stream.</summary>
    public async Task SendSingleAsync(TRequest message, Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            (PipeWriter pipe, MessageWriter<TRequest> messages) = Open(stream);
            messages.Write(message);
            await pipe.FlushAsync(cancellationToken).ConfigureAwait(false);
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or IOException))
        {
            throw lifetime.Fail(exception);
        }
    }

    /// <summary>Lends the stream to <see cref="WriteAsync(TRequest)"/> until the client completes or the call ends.</summary>
    public async Task SendAllAsync(Stream stream, CancellationToken cancellationToken)
    {
        (PipeWriter pipe, MessageWriter<TRequest> messages) = Open(stream);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (!_output.TrySetResult((pipe, messages)))
            throw new IOException("The connection was lost, and a stream of messages cannot be sent again.");
        await using CancellationTokenRegistration cancelled = cancellationToken.UnsafeRegister(_ => _finished.TrySetCanceled(), null);
        await _finished.Task.ConfigureAwait(false);
        await pipe.CompleteAsync().ConfigureAwait(false);
    }

    private (PipeWriter Pipe, MessageWriter<TRequest> Messages) Open(Stream stream)
    {
        PipeWriter pipe = PipeWriter.Create(stream, WriterOptions);
        return (pipe, new MessageWriter<TRequest>(pipe, marshaller.ContextualSerializer, limit));
    }

    /// <summary>A connection that breaks may have disposed of the stream before it is written to.</summary>
    private async Task WriteCoreAsync(TRequest message, CancellationToken cancellationToken)
    {
        await using CancellationTokenRegistration cancelled = lifetime.CancelWith(cancellationToken);
        try
        {
            (PipeWriter pipe, MessageWriter<TRequest> messages) = await _output.Task.ConfigureAwait(false);
            Serialize(messages, message);
            if (!MayWait || pipe.UnflushedBytes >= BlockPool.BlockBytes)
                await pipe.FlushAsync(lifetime.Stopped).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException or ObjectDisposedException)
        {
            throw lifetime.ToException(lifetime.Outcome ?? Unsent(exception));
        }
    }

    /// <summary>A message that was refused leaves the call as it was; one that broke off in the middle ends it.</summary>
    private void Serialize(MessageWriter<TRequest> messages, TRequest message)
    {
        try
        {
            messages.Write(message);
        }
        catch (Exception exception) when (messages.IsBroken)
        {
            lifetime.Abort(new Status(StatusCode.Internal, $"Failed to serialize a request message: {exception.Message}", exception));
            throw;
        }
    }

    /// <summary>The server stopped reading. It may have said why, but that is for whoever reads the responses to find.</summary>
    private static CallOutcome Unsent(Exception exception)
    {
        Status status = FailureStatus.Of(exception);
        string detail = $"The message was not sent, because the request stream was stopped; the responses end with the reason. {status.Detail}";
        return new CallOutcome(new Status(status.StatusCode, detail.TrimEnd(), exception), Metadata.Empty);
    }

    private static InvalidOperationException Busy(string action) => new($"Can't {action} because the previous write is in progress.");
}
