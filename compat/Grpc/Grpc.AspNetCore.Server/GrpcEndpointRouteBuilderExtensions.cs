using Grpc.AspNetCore.Server.Internal;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

public static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Serves the methods of <typeparamref name="TService"/>. Each call gets its own instance, unless the service is registered otherwise.
    /// </summary>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        var binder = new ServiceBinder<TService>(builder);
        binder.Bind();
        UnimplementedEndpoints.Map(builder);
        return new GrpcServiceEndpointConventionBuilder(binder.Endpoints);
    }
}
