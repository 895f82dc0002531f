using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Makes the function that answers the HTTP requests of one method.</summary>
internal sealed class CallHandlerFactory(IServiceProvider services)
{
    private readonly GrpcServiceOptions _options = services.GetRequiredService<IOptions<GrpcServiceOptions>>().Value;
    private readonly ILogger _logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Grpc.AspNetCore.Server.ServerCallHandler");

    public RequestDelegate Create<TService, TRequest, TResponse>(
        Method<TRequest, TResponse> method, Func<TService, ServerCall<TRequest, TResponse>, Task> handle)
        where TService : class
        where TRequest : class
        where TResponse : class => async http =>
        {
            if (RequestCheck.Refuses(http))
                return;
            var call = new ServerCall<TRequest, TResponse>(http, method, _options);
            try
            {
                call.Begin();
                await ServiceActivator<TService>.UseAsync(http, service => handle(service, call));
            }
            catch (Exception exception)
            {
                Log(method, call, exception);
                call.SetFailure(exception);
            }
            await call.EndAsync();
        };

    private void Log(IMethod method, ServerCallContext call, Exception exception)
    {
        if (exception is RpcException rpc)
            _logger.LogInformation(exception, "{Method} ended with {StatusCode}: {Detail}", method.FullName, rpc.StatusCode, rpc.Status.Detail);
        else if (call.CancellationToken.IsCancellationRequested)
            _logger.LogInformation(exception, "{Method} stopped: the call was cancelled.", method.FullName);
        else
            _logger.LogError(exception, "Error when executing service method '{Method}'.", method.Name);
    }
}
