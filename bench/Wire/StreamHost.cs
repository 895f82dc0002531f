using System.Net;
using Distributed.Coordinator.Transport;
using Distributed.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Distributed.Bench.Wire;

/// <summary>A server with the coordinator's own limits that answers the training stream and the bare routes; a worker's connection to each.</summary>
internal sealed class StreamHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Connection _connection;
    private readonly HttpMessageInvoker _bare;

    private StreamHost(WebApplication application)
    {
        _application = application;
        var address = new Uri(application.Urls.Single());
        _connection = new Connection(new WorkerOptions { Host = address.Host, Port = address.Port, Name = "bench", Threads = 1 });
        _bare = new HttpMessageInvoker(new SocketsHttpHandler { InitialHttp2StreamWindowSize = Connection.WindowBytes });
        Bare = new BareClient(_bare, application.Urls.Single());
        Training = new TrainingTraffic(_connection.Calls);
    }

    public BareClient Bare { get; }

    public TrainingTraffic Training { get; }

    public static async Task<StreamHost> StartAsync(int parameters)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc(options => TransportHost.Configure(options, parameters));
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
            TransportHost.Limit(options.Limits);
        });
        WebApplication application = builder.Build();
        application.MapGrpcService<StreamService>();
        BareRoutes.Map(application);
        await application.StartAsync();
        return new StreamHost(application);
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        _bare.Dispose();
        await _application.DisposeAsync();
    }
}
