using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>How a channel connects and what it lets through.</summary>
public sealed class GrpcChannelOptions
{
    /// <summary>Must agree with the address: Insecure with http, SecureSsl with https. Null: whatever the address says.</summary>
    public ChannelCredentials? Credentials { get; set; }

    /// <summary>Payload bytes; null: no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>Payload bytes; null: no limit. 4 MiB unless said otherwise.</summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>Connections, TLS, windows and keep-alive are set on this handler. Null: a plain <see cref="SocketsHttpHandler"/>.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Whether disposing the channel disposes <see cref="HttpHandler"/>.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>
    /// A cancelled call, and one past its deadline, throws <see cref="OperationCanceledException"/> instead of <see cref="RpcException"/>.
    /// </summary>
    public bool ThrowOperationCanceledOnCancellation { get; set; }
}
