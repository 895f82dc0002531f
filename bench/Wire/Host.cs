using System.Net;
using Distributed.Compat.Grpc.Tests.Fixtures;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Distributed.Bench.Wire;

/// <summary>A Kestrel server with the gRPC service and the bare routes, and clients of both, all with the same windows.</summary>
internal sealed class Host : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly HttpMessageInvoker _bare;

    private Host(WebApplication application, int windowBytes)
    {
        _application = application;
        _bare = new HttpMessageInvoker(Handler(windowBytes));
        Bare = new BareClient(_bare, application.Urls.Single());
        Channel = GrpcChannel.ForAddress(application.Urls.Single(), new GrpcChannelOptions
        {
            HttpHandler = Handler(windowBytes),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = null,
        });
    }

    public GrpcChannel Channel { get; }

    public BareClient Bare { get; }

    /// <param name="windowBytes">HTTP/2 stream window on both sides; 0: the defaults.</param>
    public static async Task<Host> StartAsync(int windowBytes)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = null);
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
            options.Limits.MaxRequestBodySize = null;
            if (windowBytes == 0)
                return;
            options.Limits.Http2.InitialStreamWindowSize = windowBytes;
            options.Limits.Http2.InitialConnectionWindowSize = 2 * windowBytes;
        });
        WebApplication application = builder.Build();
        application.MapGrpcService<TensorService>();
        BareRoutes.Map(application);
        await application.StartAsync();
        return new Host(application, windowBytes);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        _bare.Dispose();
        await _application.DisposeAsync();
    }

    private static SocketsHttpHandler Handler(int windowBytes) =>
        windowBytes == 0 ? new SocketsHttpHandler() : new SocketsHttpHandler { InitialHttp2StreamWindowSize = windowBytes };
}
