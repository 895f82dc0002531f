using System.Globalization;
using System.Net;
using Distributed.Protocol;

namespace Distributed.Health;

/// <summary>The value of --health.</summary>
public static class HealthAddress
{
    /// <summary>The option.</summary>
    public const string Option = "--health";

    /// <summary>What the option does, for help.</summary>
    public const string Help =
        $"answers probes: GET {HealthAnswer.LivePath} and {HealthAnswer.ReadyPath}; any address will do, since they show nothing secret and change nothing";

    /// <summary>Understands HOST:PORT, where HOST is an IP address or localhost, or a port alone, which is on loopback. Port 0 takes any free one.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static IPEndPoint Parse(string text)
    {
        int colon = text.LastIndexOf(':');
        string host = colon > 0 ? text[..colon].Trim('[', ']') : colon < 0 ? "localhost" : "";
        bool hasPort = ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port);
        return hasPort && IPAddress.TryParse(host == "localhost" ? "127.0.0.1" : host, out IPAddress? address)
            ? new IPEndPoint(address, port)
            : throw new InputException(
                $"{Option} {text}: give ADDRESS:PORT, as 127.0.0.1:7602, or 0.0.0.0:7602 for all addresses, with a port from 0 (any free one) to 65535.");
    }
}
