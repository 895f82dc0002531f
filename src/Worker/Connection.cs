using Distributed.Protocol.Wire;
using Grpc.Core;
using Grpc.Net.Client;

namespace Distributed.Worker;

/// <summary>One HTTP/2 connection to the coordinator. A worker has two: what is urgent never waits behind what is large.</summary>
internal sealed class Connection : IDisposable
{
    /// <summary>What a stream may send before it is read: a step's weights at the speed of a long way.</summary>
    internal const int WindowBytes = 8 << 20;

    private readonly GrpcChannel _channel;

    internal Connection(WorkerOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectTimeout = ProtocolLimits.HandshakeMax,
            EnableMultipleHttp2Connections = false,
            InitialHttp2StreamWindowSize = WindowBytes,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        };
        if (options.Tls is { } tls)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) => tls.Trusts(certificate, errors);
            if (tls.Own is { } own)
            {
                handler.SslOptions.ClientCertificates = [own];
            }
        }

        _channel = GrpcChannel.ForAddress($"{(options.UsesTls ? "https" : "http")}://{options.Address}", new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = null,
            MaxSendMessageSize = null,
        });
        Calls = _channel.CreateCallInvoker();
        Headers = [];
        if (options.JoinToken is { } token)
        {
            Headers.Add(TrainingMethods.TokenEntry, token);
        }
    }

    /// <summary>Starts calls.</summary>
    internal CallInvoker Calls { get; }

    /// <summary>What every call carries.</summary>
    internal Metadata Headers { get; }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();
}
