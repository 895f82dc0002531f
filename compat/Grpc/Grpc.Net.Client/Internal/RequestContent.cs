using System.Net;
using System.Net.Http.Headers;

namespace Grpc.Net.Client.Internal;

/// <summary>A request body: one message, or those that the client writes until it completes the stream.</summary>
internal sealed class RequestContent<TRequest> : HttpContent
    where TRequest : class
{
    private static readonly MediaTypeHeaderValue Grpc = new("application/grpc");

    private readonly RequestStream<TRequest> _requests;
    private readonly TRequest? _single;

    public RequestContent(RequestStream<TRequest> requests, TRequest? single)
    {
        (_requests, _single) = (requests, single);
        Headers.ContentType = Grpc;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _single is null ? _requests.SendAllAsync(stream, cancellationToken) : _requests.SendSingleAsync(_single, stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}
