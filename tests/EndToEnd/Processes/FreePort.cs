using System.Net;
using System.Net.Sockets;

namespace Distributed.EndToEnd.Processes;

/// <summary>Ports for programs that must be told one.</summary>
internal static class FreePort
{
    /// <summary>A port of the loopback address that nobody uses now.</summary>
    internal static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
