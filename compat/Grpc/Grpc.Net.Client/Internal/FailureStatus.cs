using System.Net.Sockets;
using Grpc.Core;
using Grpc.Core.Wire;

namespace Grpc.Net.Client.Internal;

/// <summary>The status of a call that failed below gRPC: no connection, a broken one, a reset stream.</summary>
internal static class FailureStatus
{
    public static Status Of(Exception exception) => exception switch
    {
        RpcException rpc => rpc.Status,
        OperationCanceledException => new Status(StatusCode.Cancelled, "", exception),
        _ => new Status(Code(exception), string.Join(" ", Chain(exception).Select(e => $"{e.GetType().Name}: {e.Message}")), exception),
    };

    private static StatusCode Code(Exception exception)
    {
        Exception[] chain = [.. Chain(exception)];
        if (chain.OfType<HttpProtocolException>().LastOrDefault() is { } reset)
            return Http2Error.ToStatusCode(reset.ErrorCode);
        return chain.Any(e => e is SocketException or IOException) ? StatusCode.Unavailable : StatusCode.Internal;
    }

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            yield return exception;
    }
}
