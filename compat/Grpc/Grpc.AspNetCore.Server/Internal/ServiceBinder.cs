using System.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>
/// Turns each method of a service into an endpoint. The service's own bind method lists them without an instance;
/// the handlers are found by name, because every call has its own instance.
/// </summary>
internal sealed class ServiceBinder<TService>(IEndpointRouteBuilder routes) : ServiceBinderBase
    where TService : class
{
    private readonly CallHandlerFactory _factory = new(routes.ServiceProvider);

    public List<IEndpointConventionBuilder> Endpoints { get; } = [];

    public void Bind()
    {
        BindServiceMethodAttribute attribute = typeof(TService).GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)
            ?? throw new InvalidOperationException($"{typeof(TService).Name} is no gRPC service: no base class has a {nameof(BindServiceMethodAttribute)}.");
        MethodInfo bind = attribute.BindType
            .GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Single(method => method.Name == attribute.BindMethodName
                && method.GetParameters() is [var binder, _] && binder.ParameterType == typeof(ServiceBinderBase));
        bind.Invoke(null, [this, null]);
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var invoke = Handler<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>(method);
        Map(method, (service, call) => call.SendSingleAsync(async () => await invoke(service, await call.ReceiveSingleAsync(), call)));
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var invoke = Handler<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>(method);
        Map(method, (service, call) => call.SendSingleAsync(() => invoke(service, call.Requests, call)));
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var invoke = Handler<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(method);
        Map(method, async (service, call) => await invoke(service, await call.ReceiveSingleAsync(), call.Responses, call));
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var invoke = Handler<Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(method);
        Map(method, (service, call) => invoke(service, call.Requests, call.Responses, call));
    }

    private void Map<TRequest, TResponse>(
        Method<TRequest, TResponse> method, Func<TService, ServerCall<TRequest, TResponse>, Task> handle)
        where TRequest : class
        where TResponse : class
    {
        IEndpointConventionBuilder endpoint = routes.MapPost(method.FullName, _factory.Create(method, handle));
        endpoint.WithDisplayName($"gRPC - {method.FullName}");
        Endpoints.Add(endpoint);
    }

    /// <summary>The service's method as a delegate whose first argument is the instance.</summary>
    private static TDelegate Handler<TDelegate>(IMethod method)
        where TDelegate : Delegate
    {
        Type[] parameters = typeof(TDelegate).GetGenericArguments()[1..^1];
        MethodInfo found = typeof(TService).GetMethod(method.Name, BindingFlags.Instance | BindingFlags.Public, parameters)
            ?? throw new InvalidOperationException($"{typeof(TService).Name} has no public method {method.Name} that handles {method.FullName}.");
        return found.CreateDelegate<TDelegate>();
    }
}
