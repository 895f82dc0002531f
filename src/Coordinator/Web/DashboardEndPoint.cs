using System.Net.Sockets;
using System.Security.Authentication;
using Distributed.Protocol;
using Distributed.Protocol.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Distributed.Coordinator.Web;

/// <summary>The server behind the dashboard, with its limits: plain HTTP, or TLS where there is a certificate.</summary>
internal static class DashboardEndPoint
{
    private const int ConnectionsMax = 256;
    private const int RequestBytesMax = 4096;

    /// <summary>An application that will listen on the address of <paramref name="settings"/> and answers nothing yet.</summary>
    internal static WebApplication Build(DashboardSettings settings, TimeProvider time)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxConcurrentConnections = ConnectionsMax;
            options.Limits.MaxRequestBodySize = RequestBytesMax;
            options.Limits.RequestHeadersTimeout = ProtocolLimits.HandshakeMax;
            options.Listen(settings.Address, endPoint => Secure(endPoint, settings.Tls, time));
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        return builder.Build();
    }

    /// <exception cref="InputException">The address cannot be used.</exception>
    internal static async Task ListenAsync(WebApplication application, DashboardSettings settings)
    {
        try
        {
            await application.StartAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw new InputException(
                $"--dashboard {settings.Address} cannot be used: {error.GetBaseException().Message}; give another port, or port 0 for any free one", error);
        }
    }

    private static void Secure(ListenOptions endPoint, TlsMaterial? tls, TimeProvider time)
    {
        if (tls is null)
        {
            endPoint.Protocols = HttpProtocols.Http1;
            return;
        }

        endPoint.Protocols = HttpProtocols.Http1AndHttp2;
        endPoint.Use(next => connection => PlainHttpAnswer.PassTlsAsync(connection, next, time));
        endPoint.UseHttps(https =>
        {
            https.ServerCertificate = tls.Own;
            https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
            https.HandshakeTimeout = ProtocolLimits.HandshakeMax;
        });
    }

    /// <summary>Signals are the program's own business.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
