using System.Globalization;
using System.Net;
using Distributed.Protocol;
using Distributed.Protocol.Wire;

namespace Distributed.Coordinator.Web;

/// <summary>Where the dashboard is served, and to whom.</summary>
/// <param name="Address">The address and port; port 0 for any free one.</param>
/// <param name="Token">What a visitor must know; null for nothing.</param>
/// <param name="Tls">The certificate it presents; null for plain HTTP.</param>
public sealed record DashboardSettings(IPEndPoint Address, string? Token, TlsMaterial? Tls)
{
    /// <summary>Where the dashboard is when --dashboard names no address.</summary>
    public const string DefaultAddress = "127.0.0.1:7601";

    /// <summary>Understands HOST:PORT, where HOST is an IP address or localhost.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static IPEndPoint ParseAddress(string text)
    {
        int colon = text.LastIndexOf(':');
        string host = colon > 0 ? text[..colon].Trim('[', ']') : "";
        host = host == "localhost" ? "127.0.0.1" : host;
        bool hasPort = ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port);
        return hasPort && IPAddress.TryParse(host, out IPAddress? ip)
            ? new IPEndPoint(ip, port)
            : throw new InputException(
                $"--dashboard {text}: give ADDRESS:PORT, as {DefaultAddress}, or 0.0.0.0:7601 for all addresses; port 0 takes any free one");
    }
}
