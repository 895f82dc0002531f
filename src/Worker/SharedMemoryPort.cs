using System.Runtime.Versioning;
using Distributed.Protocol;
using Distributed.Protocol.SharedMemory;
using Distributed.Protocol.Wire.Messages;

namespace Distributed.Worker;

/// <summary>Work through memory shared with the coordinator: nothing is copied and no message is sent.</summary>
[SupportedOSPlatform("linux")]
internal sealed class SharedMemoryPort : IWorkPort
{
    private readonly SharedRun _run;
    private readonly WorkerChannel _channel;

    /// <summary>Maps what <paramref name="offer"/> names.</summary>
    /// <exception cref="IOException">It cannot be mapped, as on another machine.</exception>
    internal SharedMemoryPort(SharedMemoryOffer offer, int parameters)
    {
        _run = SharedRun.Open(offer.WeightsPath, parameters, offer.Key);
        try
        {
            _channel = new WorkerChannel(offer.ChannelPath, parameters, offer.Key, _run.Bell);
        }
        catch
        {
            _run.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public WeightsBuffer Weights => _run.Weights;

    /// <inheritdoc/>
    public Assignment? Take() => _channel.Take();

    /// <inheritdoc/>
    public Partial? Rent() => _channel.Rent();

    /// <inheritdoc/>
    public void Deliver(Partial partial) => _channel.Deliver(partial);

    /// <inheritdoc/>
    public void Stop() => _channel.Stop();

    /// <inheritdoc/>
    public void Abandon() => _channel.Abandon();

    /// <inheritdoc/>
    public void Dispose()
    {
        _channel.Dispose();
        _run.Dispose();
    }
}
