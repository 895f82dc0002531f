using Grpc.AspNetCore.Server.Internal;
using Microsoft.AspNetCore.Http;

namespace Grpc.Core;

public static class ServerCallContextExtensions
{
    /// <summary>The HTTP request behind the call.</summary>
    public static HttpContext GetHttpContext(this ServerCallContext serverCallContext) => serverCallContext is HttpServerCallContext call
        ? call.Http
        : throw new InvalidOperationException($"A {serverCallContext.GetType().Name} has no HTTP request.");
}
