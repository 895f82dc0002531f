using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>A call with one request and one response.</summary>
public sealed class AsyncUnaryCall<TResponse>(
    Task<TResponse> responseAsync,
    Task<Metadata> responseHeadersAsync,
    Func<Status> getStatusFunc,
    Func<Metadata> getTrailersFunc,
    Action disposeAction) : IDisposable
{
    private readonly CallState _state = new(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);

    public Task<TResponse> ResponseAsync { get; } = responseAsync;

    public TaskAwaiter<TResponse> GetAwaiter() => ResponseAsync.GetAwaiter();

    public ConfiguredTaskAwaitable<TResponse> ConfigureAwait(bool continueOnCapturedContext) =>
        ResponseAsync.ConfigureAwait(continueOnCapturedContext);

    /// <summary>The server's headers, as soon as they are here.</summary>
    public Task<Metadata> ResponseHeadersAsync => _state.ResponseHeadersAsync;

    /// <summary>How the call ended; an error while it is running.</summary>
    public Status GetStatus() => _state.GetStatus();

    /// <summary>The server's trailers; an error while the call is running.</summary>
    public Metadata GetTrailers() => _state.GetTrailers();

    /// <summary>Ends the call: one that is still running is cancelled.</summary>
    public void Dispose() => _state.Dispose();
}
