namespace Grpc.Core;

/// <summary>Says whether a channel must be plain or TLS. Certificates are the HTTP handler's matter.</summary>
public abstract class ChannelCredentials
{
    public static ChannelCredentials Insecure { get; } = new Plain();

    public static ChannelCredentials SecureSsl { get; } = new SslCredentials();

    internal abstract string Scheme { get; }

    private sealed class Plain : ChannelCredentials
    {
        internal override string Scheme => Uri.UriSchemeHttp;
    }
}

/// <summary>TLS with the certificates that the HTTP handler holds.</summary>
public sealed class SslCredentials : ChannelCredentials
{
    internal override string Scheme => Uri.UriSchemeHttps;
}
