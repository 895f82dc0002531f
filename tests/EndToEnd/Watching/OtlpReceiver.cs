using System.Buffers.Binary;
using System.Net;
using Distributed.EndToEnd.Watching.Otlp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Distributed.EndToEnd.Watching;

/// <summary>
/// A collector of OpenTelemetry's metrics, as small as one can be: OTLP over HTTP with protobuf bodies and OTLP over gRPC, on one loopback port each.
/// </summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private const int GrpcPrefixBytes = 5;

    private readonly WebApplication _application;
    private readonly List<ExportRequest> _requests = [];
    private readonly List<string> _unreadable = [];

    private OtlpReceiver()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, endPoint => endPoint.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, endPoint => endPoint.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddRoutingCore();
        _application = builder.Build();
        _application.MapPost("/v1/metrics", ReceiveHttpAsync);
        _application.MapPost("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", ReceiveGrpcAsync);
    }

    /// <summary>Where http/protobuf is sent, then where grpc is sent.</summary>
    internal IReadOnlyList<string> Addresses => [.. _application.Urls];

    /// <summary>What has come so far, in order.</summary>
    internal IReadOnlyList<ExportRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                Assert.Empty(_unreadable);
                return [.. _requests];
            }
        }
    }

    /// <summary>All metrics that have come so far, in order.</summary>
    internal IEnumerable<Metric> Metrics => Requests.SelectMany(r => r.ResourceMetrics).SelectMany(r => r.ScopeMetrics).SelectMany(s => s.Metrics);

    internal static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._application.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task ReceiveHttpAsync(HttpContext context)
    {
        byte[] body = await BodyAsync(context);
        Receive(body, context.Request.ContentType == "application/x-protobuf");
        context.Response.ContentType = "application/x-protobuf";
    }

    /// <summary>One message, prefixed by a byte that says "not compressed" and its length; the answer is an empty message.</summary>
    private async Task ReceiveGrpcAsync(HttpContext context)
    {
        byte[] body = await BodyAsync(context);
        bool isOne = body.Length >= GrpcPrefixBytes && body[0] == 0 && BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(1)) == body.Length - GrpcPrefixBytes;
        Receive(body[GrpcPrefixBytes..], isOne && context.Request.ContentType == "application/grpc");
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[GrpcPrefixBytes]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private void Receive(byte[] message, bool isWellFormed)
    {
        lock (_requests)
        {
            if (isWellFormed)
            {
                _requests.Add(ExportRequest.Parser.ParseFrom(message));
            }
            else
            {
                _unreadable.Add(Convert.ToHexString(message));
            }
        }
    }

    private static async Task<byte[]> BodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }
}
