using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Transport;
using Distributed.Protocol;
using Distributed.Protocol.Wire;

namespace Distributed.Coordinator.Hosting;

/// <summary>What the options say about workers of other processes, with the files they name. Whatever would be unsafe is refused here.</summary>
internal static class TransportSetup
{
    private const string TokenVariable = "DISTRIBUTED_JOIN_TOKEN";

    /// <exception cref="InputException">The address is none, a file cannot be read, or the port would be open to everybody.</exception>
    internal static TransportSettings Read(TrainOptions options)
    {
        IPEndPoint? listen = options.Listen is null ? null : EndPoint(options.Listen);
        string? token = listen is null ? null : TokenSource.Read(options.JoinTokenFile, Environment.GetEnvironmentVariable(TokenVariable));
        TlsMaterial? tls = options.TlsCertificate is null && options.TlsKey is null
            ? null
            : TlsMaterial.Load(options.TlsCertificate, options.TlsKey, options.TlsAuthority);
        if (tls is null && options.TlsAuthority is not null)
        {
            throw new InputException("--tls-ca needs --tls-certificate and --tls-key: the coordinator must have a certificate of its own.");
        }

        if (listen is not null && !IPAddress.IsLoopback(listen.Address) && !options.Insecure)
        {
            RefuseOpenPort(options.Listen!, token, tls);
        }

        return new TransportSettings
        {
            ProgramVersion = ProtocolVersion.Program,
            Listen = listen,
            JoinToken = token,
            Tls = tls,
            LocalToken = Path.GetRandomFileName() + Path.GetRandomFileName() + Path.GetRandomFileName(),
        };
    }

    private static void RefuseOpenPort(string listen, string? token, TlsMaterial? tls)
    {
        string? missing = (token, tls) switch
        {
            (null, null) => $"a join token (--join-token-file FILE, or {TokenVariable}) and TLS (--tls-certificate FILE --tls-key FILE)",
            (null, _) => $"a join token (--join-token-file FILE, or {TokenVariable})",
            (_, null) => "TLS (--tls-certificate FILE --tls-key FILE)",
            _ => null,
        };
        if (missing is not null)
        {
            throw new InputException(
                $"--listen {listen} is open to other machines and needs {missing}; or say --insecure where the network is your own.");
        }
    }

    private static IPEndPoint EndPoint(string text)
    {
        int colon = text.LastIndexOf(':');
        string host = colon < 0 ? text : text[..colon].Trim('[', ']');
        bool hasPort = int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is >= 1 and <= 65535;
        return colon > 0 && hasPort
            ? new IPEndPoint(Address(host, text), port)
            : throw new InputException($"--listen {text}: give HOST:PORT, as 0.0.0.0:7600 for all addresses, with a port from 1 to 65535.");
    }

    private static IPAddress Address(string host, string text)
    {
        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            return address;
        }

        try
        {
            return Dns.GetHostAddresses(host)[0];
        }
        catch (SocketException error)
        {
            throw new InputException($"--listen {text}: the name {host} is not known here; give one of this machine's addresses, or 0.0.0.0 for all.", error);
        }
    }
}
