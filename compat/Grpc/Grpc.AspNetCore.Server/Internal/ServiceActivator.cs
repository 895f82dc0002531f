using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>Provides the service instance of a call: the registered one, or a new one that is disposed after the call.</summary>
internal static class ServiceActivator<TService>
    where TService : class
{
    private static readonly ObjectFactory Factory = ActivatorUtilities.CreateFactory(typeof(TService), []);

    public static async Task UseAsync(HttpContext http, Func<TService, Task> use)
    {
        if (http.RequestServices.GetService<TService>() is { } registered)
        {
            await use(registered);
            return;
        }
        object created = Factory(http.RequestServices, null);
        try
        {
            await use((TService)created);
        }
        finally
        {
            if (created is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                (created as IDisposable)?.Dispose();
        }
    }
}
