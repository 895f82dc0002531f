using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Distributed.EndToEnd.Processes;

/// <summary>
/// Stands between a worker and its coordinator and flips one bit, once, in the middle of a large HTTP/2 DATA frame: a bad network card, as far as either
/// can see.
/// </summary>
internal sealed class FlippingProxy : IAsyncDisposable
{
    private const int PrefaceBytes = 24;
    private const int HeaderBytes = 9;
    private const byte Data = 0;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _coordinatorPort;
    private readonly bool _flipsPartials;
    private readonly Task _accepting;
    private int _largeFramesLeft;

    /// <param name="coordinatorPort">Where the coordinator listens.</param>
    /// <param name="flipsPartials">What the worker sends is damaged; else what it is sent.</param>
    /// <param name="afterLargeFrames">How many large frames pass unharmed before.</param>
    internal FlippingProxy(int coordinatorPort, bool flipsPartials, int afterLargeFrames)
    {
        _coordinatorPort = coordinatorPort;
        _flipsPartials = flipsPartials;
        _largeFramesLeft = afterLargeFrames;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where the worker is to connect.</summary>
    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>True once the bit is flipped.</summary>
    internal bool HasFlipped => Volatile.Read(ref _largeFramesLeft) < 0;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient worker = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = ServeAsync(worker);
        }
    }

    private async Task ServeAsync(TcpClient worker)
    {
        using TcpClient near = worker, far = new();
        await far.ConnectAsync(IPAddress.Loopback, _coordinatorPort);
        NetworkStream up = near.GetStream(), down = far.GetStream();
        Task sending = PumpAsync(up, down, PrefaceBytes, _flipsPartials), receiving = PumpAsync(down, up, 0, !_flipsPartials);
        await await Task.WhenAny(sending, receiving);
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, int prefaceBytes, bool flips)
    {
        byte[] frame = new byte[1 << 21];
        await from.ReadExactlyAsync(frame.AsMemory(0, prefaceBytes), _stop.Token);
        await to.WriteAsync(frame.AsMemory(0, prefaceBytes), _stop.Token);
        while (true)
        {
            await from.ReadExactlyAsync(frame.AsMemory(0, HeaderBytes), _stop.Token);
            int length = BinaryPrimitives.ReadInt32BigEndian(frame) >> 8;
            await from.ReadExactlyAsync(frame.AsMemory(HeaderBytes, length), _stop.Token);
            if (flips && frame[3] == Data && length > 4096 && Interlocked.Decrement(ref _largeFramesLeft) == -1)
            {
                frame[HeaderBytes + (length / 2)] ^= 4;
            }

            await to.WriteAsync(frame.AsMemory(0, HeaderBytes + length), _stop.Token);
        }
    }
}
