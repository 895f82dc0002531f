using Grpc.Core;
using Grpc.Core.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>One call: its messages in and out.</summary>
internal sealed class ServerCall<TRequest, TResponse>(HttpContext http, Method<TRequest, TResponse> method, GrpcServiceOptions options)
    : HttpServerCallContext(http, options), IServerStreamWriter<TResponse>, IAsyncStreamReader<TRequest>
    where TRequest : class
    where TResponse : class
{
    private readonly Lock _gate = new();
    private readonly MessageReader<TRequest> _reader = new(
        http.Request.BodyReader,
        method.RequestMarshaller.ContextualDeserializer,
        new MessageLimit(options.MaxReceiveMessageSize, "MaxReceiveMessageSize of AddGrpc"),
        () => http.Request.Headers["grpc-encoding"]);

    private readonly MessageWriter<TResponse> _writer = new(
        http.Response.BodyWriter,
        method.ResponseMarshaller.ContextualSerializer,
        new MessageLimit(options.MaxSendMessageSize, "MaxSendMessageSize of AddGrpc"));

    private Task _write = Task.CompletedTask;

    public IAsyncStreamReader<TRequest> Requests => this;

    public IServerStreamWriter<TResponse> Responses => this;

    public TRequest Current { get; private set; } = default!;

    public async Task<TRequest> ReceiveSingleAsync() => await _reader.ReadSingleAsync(CancellationToken)
        ?? throw new RpcException(new Status(StatusCode.Internal, "Incomplete message: the request holds none."));

    /// <summary>The message leaves with the trailers, when the call ends.</summary>
    public async Task SendSingleAsync(Func<Task<TResponse>> respond)
    {
        TResponse response = await respond() ?? throw new RpcException(new Status(StatusCode.Cancelled, "No message returned from method."));
        if (CancellationToken.IsCancellationRequested)
            return;
        await Http.Response.StartAsync();
        Serialize(response);
    }

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (HasEnded)
            throw new InvalidOperationException("Can't read messages after the request is complete.");
        Current = default!;
        Current = await _reader.ReadAsync(cancellationToken) ?? default!;
        return Current is not null;
    }

    public Task WriteAsync(TResponse message) => WriteAsync(message, CancellationToken.None);

    /// <summary>Cancelling a write resets the call: half a message cannot be taken back.</summary>
    public Task WriteAsync(TResponse message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        lock (_gate)
        {
            if (HasEnded)
                return Task.FromException(new InvalidOperationException("Can't write the message because the request is complete."));
            if (!_write.IsCompleted)
                return Task.FromException(new InvalidOperationException("Can't write the message because the previous write is in progress."));
            return _write = WriteCoreAsync(message, cancellationToken);
        }
    }

    private async Task WriteCoreAsync(TResponse message, CancellationToken cancellationToken)
    {
        await using CancellationTokenRegistration reset = cancellationToken.UnsafeRegister(_ => Reset(), null);
        cancellationToken.ThrowIfCancellationRequested();
        if (!Http.Response.HasStarted)
            await Http.Response.StartAsync(cancellationToken);
        Serialize(message);
        if (WriteOptions?.Flags.HasFlag(WriteFlags.BufferHint) == true)
            return;
        var flushed = await Http.Response.BodyWriter.FlushAsync(cancellationToken);
        if (!flushed.IsCompleted && CancellationToken.IsCancellationRequested)
            throw new OperationCanceledException("Request aborted while sending the message.", CancellationToken);
    }

    /// <summary>A message that broke off in the middle ends the call: what follows could not be told apart.</summary>
    private void Serialize(TResponse message)
    {
        try
        {
            _writer.Write(message);
        }
        catch when (_writer.IsBroken)
        {
            Reset();
            throw;
        }
    }
}
