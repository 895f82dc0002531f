using System.Net;
using System.Net.Sockets;
using System.Text;
using Distributed.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Distributed.Health;

/// <summary>Answers probes over plain HTTP/1.1. Reads no configuration but its arguments.</summary>
public sealed class HealthServer : IAsyncDisposable
{
    private const int ConnectionsMax = 64;

    private static readonly TimeSpan RequestMax = TimeSpan.FromSeconds(5);

    private readonly WebApplication _application;

    private HealthServer(WebApplication application) => _application = application;

    /// <summary>Where it listens, as http://127.0.0.1:7602.</summary>
    public string Address => _application.Urls.First();

    /// <summary>Begins to answer.</summary>
    /// <param name="address">Where.</param>
    /// <param name="look">What the program's state is now; called from many threads, and must end soon whatever the program does.</param>
    /// <exception cref="InputException">The address cannot be used.</exception>
    public static async Task<HealthServer> StartAsync(IPEndPoint address, Func<Task<HealthState>> look)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.RequestHeadersTimeout = RequestMax;
            kestrel.Limits.KeepAliveTimeout = RequestMax;
            kestrel.Listen(address, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        WebApplication application = builder.Build();
        application.Run(context => AnswerAsync(context, look));
        try
        {
            await application.StartAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            string reason = error.GetBaseException().Message.TrimEnd('.');
            throw new InputException(
                $"{HealthAddress.Option} {address} cannot be used: {reason}; give an address of this machine and a free port, or port 0 for any free one.",
                error);
        }

        return new HealthServer(application);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task AnswerAsync(HttpContext context, Func<Task<HealthState>> look)
    {
        string path = context.Request.Path.Value ?? "";
        HealthAnswer answer = HealthAnswer.WithoutState(context.Request.Method, path)
            ?? HealthAnswer.To(context.Request.Method, path, await look().ConfigureAwait(false));
        byte[] text = Encoding.UTF8.GetBytes(answer.Text + "\n");
        HttpResponse response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = text.Length;
        response.Headers.CacheControl = "no-store";
        if (answer.Status == StatusCodes.Status405MethodNotAllowed)
        {
            response.Headers.Allow = HealthAnswer.Method;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>Signals are the program's own business.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
