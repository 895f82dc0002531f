namespace Grpc.Core.Wire;

/// <summary>HTTP/2's RST_STREAM codes that this transport sends or names.</summary>
internal static class Http2Error
{
    public const int NoError = 0x0;
    public const int RefusedStream = 0x7;
    public const int Cancel = 0x8;
    public const int EnhanceYourCalm = 0xb;
    public const int InadequateSecurity = 0xc;

    /// <summary>The status that the gRPC over HTTP/2 specification assigns to a reset ("HTTP2 Transport Mapping, Errors").</summary>
    public static StatusCode ToStatusCode(long errorCode) => errorCode switch
    {
        RefusedStream => StatusCode.Unavailable,
        Cancel => StatusCode.Cancelled,
        EnhanceYourCalm => StatusCode.ResourceExhausted,
        InadequateSecurity => StatusCode.PermissionDenied,
        _ => StatusCode.Internal,
    };
}
