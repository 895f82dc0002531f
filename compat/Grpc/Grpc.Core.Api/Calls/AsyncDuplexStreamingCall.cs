namespace Grpc.Core;

/// <summary>A call in which both sides stream, independently of each other.</summary>
public sealed class AsyncDuplexStreamingCall<TRequest, TResponse>(
    IClientStreamWriter<TRequest> requestStream,
    IAsyncStreamReader<TResponse> responseStream,
    Task<Metadata> responseHeadersAsync,
    Func<Status> getStatusFunc,
    Func<Metadata> getTrailersFunc,
    Action disposeAction) : IDisposable
{
    private readonly CallState _state = new(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);

    public IClientStreamWriter<TRequest> RequestStream { get; } = requestStream;

    public IAsyncStreamReader<TResponse> ResponseStream { get; } = responseStream;

    /// <summary>The server's headers, as soon as they are here.</summary>
    public Task<Metadata> ResponseHeadersAsync => _state.ResponseHeadersAsync;

    /// <summary>How the call ended; an error while it is running.</summary>
    public Status GetStatus() => _state.GetStatus();

    /// <summary>The server's trailers; an error while the call is running.</summary>
    public Metadata GetTrailers() => _state.GetTrailers();

    /// <summary>Ends the call: one that is still running is cancelled.</summary>
    public void Dispose() => _state.Dispose();
}
