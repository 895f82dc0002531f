using System.Runtime.CompilerServices;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Answers gRPC calls of methods that nobody serves with UNIMPLEMENTED. Other requests are left to other endpoints.</summary>
internal static class UnimplementedEndpoints
{
    private static readonly ConditionalWeakTable<IEndpointRouteBuilder, object> Mapped = [];

    /// <summary>Once for each router.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        if (!Mapped.TryAdd(routes, new object()))
            return;
        RoutePattern pattern = RoutePatternFactory.Parse("/{service}/{method}", defaults: null, parameterPolicies: new { service = new IsGrpcCall() });
        routes.Map(pattern, Answer).WithOrder(int.MaxValue).WithDisplayName("gRPC - Unimplemented");
    }

    private static Task Answer(HttpContext http)
    {
        if (RequestCheck.Refuses(http))
            return Task.CompletedTask;
        http.Response.ContentType = "application/grpc";
        StatusTrailers.Write(http.Response, new Status(StatusCode.Unimplemented, $"{http.Request.Path} is not served here."), Metadata.Empty);
        return Task.CompletedTask;
    }

    private sealed class IsGrpcCall : IRouteConstraint
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            httpContext is null || (HttpMethods.IsPost(httpContext.Request.Method) && RequestCheck.IsGrpc(httpContext.Request.ContentType));
    }
}
