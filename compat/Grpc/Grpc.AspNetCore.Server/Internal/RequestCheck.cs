using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Answers requests that are not gRPC over HTTP/2.</summary>
internal static class RequestCheck
{
    public static bool Refuses(HttpContext http)
    {
        if (!IsGrpc(http.Request.ContentType))
            Refuse(http, StatusCodes.Status415UnsupportedMediaType, $"Content-Type '{http.Request.ContentType}' is not supported.");
        else if (!HttpProtocol.IsHttp2(http.Request.Protocol))
            Refuse(http, StatusCodes.Status426UpgradeRequired, $"Request protocol '{http.Request.Protocol}' is not supported.");
        else
            return false;
        return true;
    }

    /// <summary>"application/grpc", alone or with a "+format" or ";parameter" behind it.</summary>
    public static bool IsGrpc(string? contentType) =>
        contentType is not null
        && contentType.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == "application/grpc".Length || contentType["application/grpc".Length] is '+' or ';');

    private static void Refuse(HttpContext http, int httpStatus, string reason)
    {
        http.Response.StatusCode = httpStatus;
        StatusTrailers.Write(http.Response, new Status(StatusCode.Internal, reason), Metadata.Empty);
    }
}
