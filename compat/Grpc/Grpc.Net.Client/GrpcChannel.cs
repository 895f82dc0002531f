using Grpc.Core;
using Grpc.Core.Wire;
using Grpc.Net.Client.Internal;

namespace Grpc.Net.Client;

/// <summary>
/// A way to one server over HTTP/2: without TLS (http, prior knowledge) or with it (https). Connects at the first call.
/// Disposing it cancels the calls that are running.
/// </summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();

    private GrpcChannel(Uri address, GrpcChannelOptions options)
        : base(address.Authority)
    {
        Address = address;
        HttpMessageHandler handler = options.HttpHandler ?? new SocketsHttpHandler { EnableMultipleHttp2Connections = true };
        Http = new HttpMessageInvoker(handler, disposeHandler: options.HttpHandler is null || options.DisposeHttpClient);
        SendLimit = new MessageLimit(options.MaxSendMessageSize, "MaxSendMessageSize of GrpcChannelOptions");
        ReceiveLimit = new MessageLimit(options.MaxReceiveMessageSize, "MaxReceiveMessageSize of GrpcChannelOptions");
        ThrowsOperationCanceled = options.ThrowOperationCanceledOnCancellation;
    }

    internal Uri Address { get; }

    internal HttpMessageInvoker Http { get; }

    internal MessageLimit SendLimit { get; }

    internal MessageLimit ReceiveLimit { get; }

    internal bool ThrowsOperationCanceled { get; }

    internal CancellationToken Disposed => _disposed.Token;

    public static GrpcChannel ForAddress(string address) => ForAddress(new Uri(address));

    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions) =>
        ForAddress(new Uri(address), channelOptions);

    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            throw new ArgumentException($"A channel's address starts with http:// or https://, not '{address}'.", nameof(address));
        if (channelOptions.Credentials is { } credentials && credentials.Scheme != address.Scheme)
            throw new InvalidOperationException($"The channel's credentials need an {credentials.Scheme} address, not '{address}'.");
        return new GrpcChannel(address, channelOptions);
    }

    public override CallInvoker CreateCallInvoker()
    {
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
        return new HttpCallInvoker(this);
    }

    public void Dispose()
    {
        if (_disposed.IsCancellationRequested)
            return;
        _disposed.Cancel();
        Http.Dispose();
    }

    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }
}
