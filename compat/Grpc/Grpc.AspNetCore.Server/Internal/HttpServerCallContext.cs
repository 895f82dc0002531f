using System.Net.Sockets;
using Grpc.Core;
using Grpc.Core.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>A handler's view of its call, over the HTTP request. Its status is sent once: by the handler's end or by the deadline.</summary>
internal abstract class HttpServerCallContext(HttpContext http, GrpcServiceOptions options) : ServerCallContext
{
    private readonly Lock _gate = new();
    private Metadata? _requestHeaders;
    private Metadata? _responseTrailers;
    private AuthContext? _authContext;
    private ServerDeadline? _deadline;
    private bool _isEnding;

    public HttpContext Http { get; } = http;

    public GrpcServiceOptions Options { get; } = options;

    protected override string MethodCore => Http.Request.Path.Value!;

    protected override string HostCore => Http.Request.Host.Value ?? "";

    protected override string PeerCore => Http.Connection.RemoteIpAddress switch
    {
        null => "unknown",
        { AddressFamily: AddressFamily.InterNetworkV6 } address => $"ipv6:[{address}]:{Http.Connection.RemotePort}",
        var address => $"ipv4:{address}:{Http.Connection.RemotePort}",
    };

    protected override DateTime DeadlineCore => _deadline?.Time ?? DateTime.MaxValue;

    protected override CancellationToken CancellationTokenCore => _deadline?.Token ?? Http.RequestAborted;

    protected override Metadata RequestHeadersCore => _requestHeaders ??= ReadRequestHeaders();

    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => _authContext ??= PeerCertificate.ToAuthContext(Http.Connection.ClientCertificate);

    public void Begin()
    {
        Http.Response.ContentType = "application/grpc";
        DisableBodyLimits();
        if (GrpcTimeout.Decode(Http.Request.Headers["grpc-timeout"]) is { } timeout)
            _deadline = new ServerDeadline(timeout, Http.RequestAborted, EndAtDeadlineAsync);
    }

    public void SetFailure(Exception exception)
    {
        if (exception is RpcException rpc)
        {
            StatusCore = rpc.Status;
            foreach (Metadata.Entry entry in rpc.Trailers)
                ResponseTrailersCore.Add(entry);
            return;
        }
        string cause = Options.EnableDetailedErrors == true ? $" {exception.GetType().Name}: {exception.Message}" : "";
        StatusCore = new Status(StatusCode.Unknown, $"Exception was thrown by handler.{cause}", exception);
    }

    /// <summary>The handler is done: sends the status, unless the deadline was faster.</summary>
    public async Task EndAsync()
    {
        if (TryBeginEnd())
            StatusTrailers.Write(Http.Response, StatusCore, _responseTrailers ?? Metadata.Empty);
        if (_deadline is not null)
            await _deadline.DisposeAsync();
    }

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        if (Http.Response.HasStarted)
            throw new InvalidOperationException("Response headers can only be sent once per call.");
        foreach (Metadata.Entry entry in responseHeaders)
            Http.Response.Headers.Append(entry.Key, MetadataHeaders.Encode(entry));
        return Http.Response.BodyWriter.FlushAsync().AsTask();
    }

    /// <summary>Stops the HTTP/2 stream: the client sees RST_STREAM.</summary>
    protected void Reset() => Http.Features.GetRequiredFeature<IHttpResetFeature>().Reset(Http2Error.Cancel);

    /// <summary>True once the status is sent or the client is gone.</summary>
    protected bool HasEnded => Volatile.Read(ref _isEnding) || Http.RequestAborted.IsCancellationRequested;

    private bool TryBeginEnd()
    {
        lock (_gate)
            return !_isEnding && (_isEnding = true);
    }

    private async Task EndAtDeadlineAsync()
    {
        if (!TryBeginEnd())
            return;
        StatusTrailers.Write(Http.Response, new Status(StatusCode.DeadlineExceeded, "Deadline Exceeded"), Metadata.Empty);
        await Http.Features.GetRequiredFeature<IHttpResponseBodyFeature>().CompleteAsync();
        Reset();
    }

    /// <summary>A call lasts as long as it likes and its messages have their own limit.</summary>
    private void DisableBodyLimits()
    {
        if (Http.Features.Get<Microsoft.AspNetCore.Server.Kestrel.Core.Features.IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        if (Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
    }

    private Metadata ReadRequestHeaders()
    {
        var metadata = new Metadata();
        foreach ((string name, var values) in Http.Request.Headers)
            MetadataHeaders.Add(metadata, name, values.ToString());
        return metadata;
    }
}
