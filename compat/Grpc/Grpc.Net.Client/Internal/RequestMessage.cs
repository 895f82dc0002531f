using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Core.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>Makes the HTTP request of a call ("Requests" in the gRPC over HTTP/2 specification).</summary>
internal static class RequestMessage
{
    private const string UserAgent = "grpc-dotnet-compat/1.0";

    public static HttpRequestMessage Create(Uri address, IMethod method, CallOptions options, TimeSpan? timeout)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, method.FullName))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        HttpRequestHeaders headers = request.Headers;
        headers.TryAddWithoutValidation("user-agent", UserAgent);
        headers.TryAddWithoutValidation("te", "trailers");
        headers.TryAddWithoutValidation("grpc-accept-encoding", "identity");
        if (timeout is { } left)
            headers.TryAddWithoutValidation("grpc-timeout", GrpcTimeout.Encode(left));
        foreach (Metadata.Entry entry in options.Headers ?? Metadata.Empty)
        {
            if (!MetadataHeaders.IsReserved(entry.Key))
                headers.TryAddWithoutValidation(entry.Key, MetadataHeaders.Encode(entry));
        }
        return request;
    }
}
