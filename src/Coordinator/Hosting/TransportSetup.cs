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
        string? token = listen is null ? null : TokenSource.Read("--join-token-file", options.JoinTokenFile, Environment.GetEnvironmentVariable(TokenVariable));
        TlsMaterial? tls = options.TlsCertificate is null && options.TlsKey is null
            ? null
            : TlsMaterial.Load(options.TlsCertificate, options.TlsKey, options.TlsAuthority);
        if (tls is null && options.TlsAuthority is not null)
        {
            throw new InputException("--tls-ca needs --tls-certificate and --tls-key: the coordinator must have a certificate of its own.");
        }

        if (listen is not null && !options.Insecure)
        {
            OpenPort.Refuse(
                $"--listen {options.Listen}", listen.Address, token, $"a join token (--join-token-file FILE, or {TokenVariable})", tls);
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
