using System.Globalization;
using System.Net;

namespace Distributed.Protocol.Clusters;

/// <summary>A host and a port as people write them.</summary>
/// <param name="Host">A name or an address, without brackets.</param>
/// <param name="Port">1 to 65535; 0 where any free one will do.</param>
public sealed record NodeAddress(string Host, int Port)
{
    /// <summary>Understands <paramref name="text"/>, which was given with <paramref name="option"/>.</summary>
    /// <exception cref="InputException">It is not HOST:PORT.</exception>
    public static NodeAddress Parse(string option, string text)
    {
        int colon = text.LastIndexOf(':');
        string host = colon < 0 ? text : text[..colon].Trim('[', ']');
        bool hasPort = int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is >= 1 and <= 65535;
        return colon > 0 && hasPort && Uri.CheckHostName(host) != UriHostNameType.Unknown
            ? new NodeAddress(host, port)
            : throw new InputException($"{option} {text}: give HOST:PORT, as 10.0.0.7:7600 or trainer.example:7600, with a port from 1 to 65535.");
    }

    /// <summary>True when nobody outside this machine can reach it.</summary>
    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <inheritdoc/>
    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
