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
    private readonly Type _base = FindBase();

    public List<IEndpointConventionBuilder> Endpoints { get; } = [];

    public void Bind()
    {
        BindServiceMethodAttribute attribute = _base.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false)!;
        MethodInfo bind = attribute.BindType.GetMethod(
            attribute.BindMethodName, BindingFlags.Static | BindingFlags.Public, [typeof(ServiceBinderBase), _base])
            ?? throw new InvalidOperationException(
                $"{attribute.BindType.Name} has no public static {attribute.BindMethodName}({nameof(ServiceBinderBase)}, {_base.Name}).");
        bind.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [this, null], culture: null);
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var invoke = Handler<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>(method);
        Map(method, invoke, (service, call) => call.SendSingleAsync(async () => await invoke(service, await call.ReceiveSingleAsync(), call)));
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var invoke = Handler<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>(method);
        Map(method, invoke, (service, call) => call.SendSingleAsync(() => invoke(service, call.Requests, call)));
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var invoke = Handler<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(method);
        Map(method, invoke, async (service, call) => await invoke(service, await call.ReceiveSingleAsync(), call.Responses, call));
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var invoke = Handler<Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(method);
        Map(method, invoke, (service, call) => invoke(service, call.Requests, call.Responses, call));
    }

    /// <summary>The class that generated code makes for a service and its implementation derives from.</summary>
    private static Type FindBase()
    {
        for (Type? type = typeof(TService); type is not null; type = type.BaseType)
        {
            if (type.IsDefined(typeof(BindServiceMethodAttribute), inherit: false))
                return type;
        }
        throw new InvalidOperationException($"{typeof(TService).Name} is no gRPC service: no base class has a {nameof(BindServiceMethodAttribute)}.");
    }

    /// <summary>Attributes of the service and of its method, such as those for authorization, become the endpoint's.</summary>
    private void Map<TRequest, TResponse>(
        Method<TRequest, TResponse> method, Delegate invoke, Func<TService, ServerCall<TRequest, TResponse>, Task> handle)
        where TRequest : class
        where TResponse : class
    {
        IEndpointConventionBuilder endpoint = routes.MapPost(method.FullName, _factory.Create(method, handle));
        endpoint.WithDisplayName($"gRPC - {method.FullName}");
        endpoint.WithMetadata([.. typeof(TService).GetCustomAttributes(inherit: true), .. invoke.Method.GetCustomAttributes(inherit: true)]);
        Endpoints.Add(endpoint);
    }

    /// <summary>The service's override as a delegate whose first argument is the instance.</summary>
    private TDelegate Handler<TDelegate>(IMethod method)
        where TDelegate : Delegate
    {
        Type[] parameters = typeof(TDelegate).GetGenericArguments()[1..^1];
        MethodInfo? found = typeof(TService).GetMethod(method.Name, BindingFlags.Instance | BindingFlags.Public, parameters);
        return found is { IsVirtual: true } && found.GetBaseDefinition().DeclaringType == _base
            ? found.CreateDelegate<TDelegate>()
            : throw new InvalidOperationException(
                $"Could not find '{method.Name}' on {typeof(TService)}: it must override the virtual method of {_base.Name}.");
    }
}
