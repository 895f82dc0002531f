using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Core.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>Reads a call's status out of an HTTP response.</summary>
internal static class ResponseStatus
{
    /// <summary>
    /// The status that the headers alone decide: a response with only trailers, or one that is not gRPC at all. Null: messages may follow.
    /// </summary>
    public static Status? OfHeaders(HttpResponseMessage response)
    {
        if (Parse(response.Headers) is { } status)
            return status;
        if (response.Version.Major < 2)
            return new Status(StatusCode.Internal, $"Bad gRPC response. Response protocol downgraded to HTTP/{response.Version}.");
        if (response.StatusCode != HttpStatusCode.OK)
            return new Status(OfHttp((int)response.StatusCode), $"Bad gRPC response. HTTP status code: {(int)response.StatusCode}");
        string? contentType = response.Content.Headers.ContentType?.MediaType;
        bool isGrpc = contentType is "application/grpc" || contentType?.StartsWith("application/grpc+", StringComparison.Ordinal) == true;
        return isGrpc ? null : new Status(StatusCode.Cancelled, $"Bad gRPC response. Invalid content-type value: {contentType ?? "none"}");
    }

    /// <summary>The status in the trailers, after the body was read to its end.</summary>
    public static Status OfTrailers(HttpResponseMessage response) =>
        Parse(response.TrailingHeaders) ?? new Status(StatusCode.Cancelled, "No grpc-status found on response.");

    public static Metadata Metadata(HttpHeaders headers)
    {
        var metadata = new Metadata();
        foreach ((string name, HeaderStringValues values) in headers.NonValidated)
        {
            foreach (string value in values)
                MetadataHeaders.Add(metadata, name, value);
        }
        return metadata;
    }

    /// <summary>From the gRPC documentation's "HTTP to gRPC status code mapping".</summary>
    private static StatusCode OfHttp(int httpStatus) => httpStatus switch
    {
        400 or 431 or (>= 100 and < 200) => StatusCode.Internal,
        401 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        404 => StatusCode.Unimplemented,
        429 or 502 or 503 or 504 => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };

    private static Status? Parse(HttpHeaders headers)
    {
        if (Value(headers, "grpc-status") is not { } text)
            return null;
        string message = PercentEncoding.Decode(Value(headers, "grpc-message") ?? "");
        return int.TryParse(text, out int code)
            ? new Status((StatusCode)code, message)
            : new Status(StatusCode.Unknown, $"Unexpected grpc-status value: {text}");
    }

    private static string? Value(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.ToString() : null;
}
