using System.Net;
using System.Net.Sockets;

namespace Distributed.Compat.Grpc.Tests.Fixtures;

/// <summary>A TCP relay on loopback whose connections break on demand, as a pulled cable would break them: with a reset.</summary>
internal sealed class CuttableWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _sockets = [];
    private readonly int _serverPort;
    private readonly Task _accepting;
    private long _bytesToClient;
    private volatile bool _isFrozen;

    public CuttableWire(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>Cuts by itself once this much went from the server to the client.</summary>
    public long BytesUntilCut { get; init; } = long.MaxValue;

    /// <summary>Nothing passes any more, and nobody is told: what a stopped process or a lost route looks like.</summary>
    public void Freeze() => _isFrozen = true;

    public void Cut()
    {
        lock (_sockets)
        {
            foreach (Socket socket in _sockets)
                socket.Close(timeout: 0);
            _sockets.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync();
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await server.ConnectAsync(IPAddress.Loopback, _serverPort);
                lock (_sockets)
                    _sockets.AddRange([client, server]);
                _ = RelayAsync(client, server, _ => { });
                _ = RelayAsync(server, client, CountToClient);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The listener was stopped.
        }
    }

    private void CountToClient(int bytes)
    {
        if (Interlocked.Add(ref _bytesToClient, bytes) >= BytesUntilCut)
            Cut();
    }

    private async Task RelayAsync(Socket from, Socket to, Action<int> count)
    {
        byte[] buffer = new byte[8192];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and int received)
            {
                if (_isFrozen)
                    continue;
                await to.SendAsync(buffer.AsMemory(0, received));
                count(received);
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The wire was cut.
        }
    }
}
