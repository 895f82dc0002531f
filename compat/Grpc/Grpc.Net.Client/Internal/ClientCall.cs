using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Core.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>One call: an HTTP/2 request whose body and response body are streams of messages.</summary>
internal sealed class ClientCall<TRequest, TResponse> : IDisposable
    where TRequest : class
    where TResponse : class
{
    private static readonly StreamPipeReaderOptions ReaderOptions = new(BlockPool.Instance, BlockPool.BlockBytes, minimumReadSize: 16 * 1024);

    private readonly GrpcChannel _channel;
    private readonly Method<TRequest, TResponse> _method;
    private readonly CallLifetime _lifetime;
    private readonly TaskCompletionSource<Metadata> _headers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<MessageReader<TResponse>?> _reader;
    private HttpResponseMessage? _response;

    /// <param name="channel">Where to.</param>
    /// <param name="method">What.</param>
    /// <param name="options">How long, with which headers.</param>
    /// <param name="request">The only request message; null when the client streams.</param>
    public ClientCall(GrpcChannel channel, Method<TRequest, TResponse> method, CallOptions options, TRequest? request)
    {
        (_channel, _method) = (channel, method);
        _lifetime = new CallLifetime(options, channel);
        Requests = new RequestStream<TRequest>(_lifetime, method.RequestMarshaller, channel.SendLimit) { WriteOptions = options.WriteOptions };
        _lifetime.Ended += Release;
        HttpRequestMessage http = RequestMessage.Create(channel.Address, method, options, _lifetime.Timeout);
        http.Content = new RequestContent<TRequest>(Requests, request);
        _reader = OpenAsync(http);
        _reader.Observe();
        _headers.Task.Observe();
        Responses = new ResponseStream<TResponse>(_lifetime, _reader, EndWithTrailers);
    }

    public RequestStream<TRequest> Requests { get; }

    public ResponseStream<TResponse> Responses { get; }

    public Task<Metadata> Headers => _headers.Task;

    private CallOutcome Outcome => _lifetime.Outcome ?? throw new InvalidOperationException("The call is not complete.");

    public Status GetStatus() => Outcome.Status;

    public Metadata GetTrailers() => Outcome.Trailers;

    public void Dispose() => _lifetime.Abort(new Status(StatusCode.Cancelled, "gRPC call disposed."));

    /// <summary>The response of a call that has just one.</summary>
    public async Task<TResponse> ReadSingleResponseAsync()
    {
        TResponse? message = null;
        MessageReader<TResponse>? reader = null;
        try
        {
            reader = await _reader.ConfigureAwait(false);
            if (reader is not null)
            {
                message = await reader.ReadSingleAsync(_lifetime.Stopped).ConfigureAwait(false);
                EndWithTrailers(hasMessage: message is not null);
            }
        }
        catch (Exception exception)
        {
            throw _lifetime.Fail(exception);
        }
        finally
        {
            reader?.Complete();
        }
        return Outcome.Status.StatusCode == StatusCode.OK ? message! : throw _lifetime.ToException(Outcome);
    }

    /// <summary>Sends the request and waits for the headers. Null when they already hold the status.</summary>
    private async Task<MessageReader<TResponse>?> OpenAsync(HttpRequestMessage http)
    {
        try
        {
            _response = await _channel.Http.SendAsync(http, _lifetime.Stopped).ConfigureAwait(false);
            if (_lifetime.Outcome is not null)
                Release();
            Metadata headers = ResponseStatus.Metadata(_response.Headers);
            _headers.TrySetResult(headers);
            if (ResponseStatus.OfHeaders(_response) is { } status)
            {
                End(status, headers, hasMessage: false);
                return null;
            }
            Stream body = await _response.Content.ReadAsStreamAsync(_lifetime.Stopped).ConfigureAwait(false);
            return new(PipeReader.Create(body, ReaderOptions), _method.ResponseMarshaller.ContextualDeserializer, _channel.ReceiveLimit, Encoding);
        }
        catch (Exception exception)
        {
            Exception failure = _lifetime.Fail(exception);
            _headers.TrySetException(failure);
            throw failure;
        }
    }

    private string? Encoding() =>
        _response!.Headers.NonValidated.TryGetValues("grpc-encoding", out var values) ? values.ToString() : null;

    /// <summary>After the last message: the trailers say how the call went.</summary>
    private CallOutcome EndWithTrailers(bool hasMessage) =>
        End(ResponseStatus.OfTrailers(_response!), ResponseStatus.Metadata(_response!.TrailingHeaders), hasMessage);

    private CallOutcome End(Status status, Metadata trailers, bool hasMessage)
    {
        bool needsMessage = _method.Type is MethodType.Unary or MethodType.ClientStreaming;
        if (needsMessage && !hasMessage && status.StatusCode == StatusCode.OK)
            status = new Status(StatusCode.Internal, "Failed to deserialize response message: the server ended with OK and sent none.");
        return _lifetime.End(status, trailers);
    }

    private void Release()
    {
        Requests.Stop();
        _response?.Dispose();
    }
}
