using Grpc.Core;
using Grpc.Core.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Puts a call's status and trailers behind its messages, or into the headers when nothing was sent yet ("Trailers-Only").</summary>
internal static class StatusTrailers
{
    public static void Write(HttpResponse response, Status status, Metadata trailers)
    {
        IHeaderDictionary destination = response.HasStarted
            ? response.HttpContext.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers
            : response.Headers;
        foreach (Metadata.Entry entry in trailers)
            destination.Append(entry.Key, MetadataHeaders.Encode(entry));
        destination["grpc-status"] = ((int)status.StatusCode).ToString();
        if (!string.IsNullOrEmpty(status.Detail))
            destination["grpc-message"] = PercentEncoding.Encode(status.Detail);
    }
}
