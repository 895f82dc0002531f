using System.Net;
using System.Net.Sockets;
using Distributed.Protocol;
using Distributed.Protocol.Wire;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Distributed.Coordinator.Transport;

/// <summary>
/// The server: a loopback port of its own for the workers that this coordinator starts, and where it is asked for an address for those that people start.
/// Reads no configuration but <see cref="TransportSettings"/>.
/// </summary>
internal sealed class TransportHost : IAsyncDisposable
{
    private const int WindowBytes = 8 << 20;
    private const int StreamsPerConnectionMax = 16;

    private readonly WebApplication _application;

    private TransportHost(WebApplication application, int localPort)
    {
        _application = application;
        LocalPort = localPort;
    }

    /// <summary>Where this coordinator's own workers connect, on 127.0.0.1.</summary>
    internal int LocalPort { get; }

    /// <summary>Begins to answer.</summary>
    /// <exception cref="InputException">The address cannot be listened on.</exception>
    internal static async Task<TransportHost> StartAsync(TransportState state)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddSingleton(state);
        builder.Services.AddSingleton<TrainingService>();
        builder.Services.AddGrpc(options => Configure(options, state.Offer.Run.Layout.Count));
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        int localPort = 0;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Limit(kestrel.Limits);
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
            if (state.Settings.Listen is { } listen)
            {
                kestrel.Listen(listen, endpoint => Secure(endpoint, state.Settings.Tls));
            }
        });
        WebApplication application = builder.Build();
        application.MapGrpcService<TrainingService>();
        await StartAsync(application, state.Settings.Listen).ConfigureAwait(false);
        localPort = application.Urls
            .Select(url => new Uri(url).Port)
            .First(port => port != state.Settings.Listen?.Port);
        state.LocalPort = localPort;
        return new TransportHost(application, localPort);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task StartAsync(WebApplication application, IPEndPoint? listen)
    {
        try
        {
            await application.StartAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            string hint = (error as SocketException ?? error.GetBaseException()) switch
            {
                SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => "another program uses the port; stop it, or give another port",
                SocketException { SocketErrorCode: SocketError.AddressNotAvailable } =>
                    "this machine does not have the address; give one of its own, or 0.0.0.0 for all",
                SocketException { SocketErrorCode: SocketError.AccessDenied } => "this user may not open the port; give one above 1023",
                var other => other.Message,
            };
            throw new InputException(
                error.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase)
                    ? $"--listen {listen}: another program uses the port; stop it, or give another port."
                    : $"--listen {listen}: {hint}.",
                error);
        }
    }

    internal static void Configure(GrpcServiceOptions options, int parameters)
    {
        options.MaxReceiveMessageSize = ProtocolLimits.MessageBytesMax(parameters);
        options.MaxSendMessageSize = null;
    }

    internal static void Limit(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = ProtocolLimits.ConnectionsMax;
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.RequestHeadersTimeout = ProtocolLimits.HandshakeMax;
        limits.KeepAliveTimeout = 3 * ProtocolLimits.HandshakeMax;
        limits.Http2.MaxStreamsPerConnection = StreamsPerConnectionMax;
        limits.Http2.InitialStreamWindowSize = WindowBytes;
        limits.Http2.InitialConnectionWindowSize = 2 * WindowBytes;
        limits.Http2.MaxFrameSize = 1 << 20;
    }

    private static void Secure(ListenOptions endpoint, TlsMaterial? tls)
    {
        endpoint.Protocols = HttpProtocols.Http2;
        if (tls is null)
        {
            return;
        }

        endpoint.UseHttps(https =>
        {
            https.ServerCertificate = tls.Own;
            https.HandshakeTimeout = ProtocolLimits.HandshakeMax;
            if (tls.HasAuthority)
            {
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.ClientCertificateValidation = (certificate, _, _) => tls.Trusts(certificate, System.Net.Security.SslPolicyErrors.None);
            }
        });
    }

    /// <summary>Signals are the program's own business.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
