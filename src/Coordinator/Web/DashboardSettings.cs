using System.Globalization;
using System.Net;
using Distributed.Protocol;

namespace Distributed.Coordinator.Web;

/// <summary>Where the dashboard is served, and to whom.</summary>
/// <param name="Address">The address and port; port 0 for any free one.</param>
/// <param name="Token">The password that a browser is asked for; null for none.</param>
public sealed record DashboardSettings(IPEndPoint Address, string? Token)
{
    /// <summary>Where the dashboard is when --dashboard names no address.</summary>
    public const string DefaultAddress = "127.0.0.1:7601";

    private const int TokenCharactersMin = 16;
    private const int TokenCharactersMax = 512;

    /// <summary>Reads --dashboard and --dashboard-token.</summary>
    /// <param name="address">HOST:PORT, where HOST is an IP address or localhost.</param>
    /// <param name="tokenFile">A file whose first line is the token, or null.</param>
    /// <exception cref="InputException">
    /// The address is none, the token cannot be read or is too short, or the page would be open to other machines without one.
    /// </exception>
    public static DashboardSettings Read(string address, string? tokenFile)
    {
        IPEndPoint endPoint = Parse(address);
        string? token = tokenFile is null ? null : ReadToken(tokenFile);
        if (token is null && !IPAddress.IsLoopback(endPoint.Address))
        {
            throw new InputException(
                $"--dashboard {address} is open to other machines and needs a token: give one with --dashboard-token FILE, or stay on {DefaultAddress}");
        }

        return new DashboardSettings(endPoint, token);
    }

    private static IPEndPoint Parse(string text)
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

    private static string ReadToken(string file)
    {
        string token;
        try
        {
            using var reader = new StreamReader(file);
            char[] start = new char[TokenCharactersMax + 2];
            int count = reader.ReadBlock(start);
            token = new string(start, 0, count).Split('\n')[0].TrimEnd('\r');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--dashboard-token {file} cannot be read: {error.Message}", error);
        }

        return token.Length is >= TokenCharactersMin and <= TokenCharactersMax
            ? token
            : throw new InputException(
                $"--dashboard-token {file}: its first line, the token, has {token.Length} characters; "
                    + $"{TokenCharactersMin} to {TokenCharactersMax} are allowed; make one with: openssl rand -hex 32");
    }
}
