using System.Runtime.Versioning;
using Distributed.Numerics;
using Distributed.Protocol;
using Distributed.Protocol.SharedMemory;
using Distributed.Protocol.Wire.Messages;

namespace Distributed.Coordinator.Transport;

/// <summary>
/// The coordinator's side of shared memory: weights for all workers of this machine, a channel for each life of one, and a thread that waits at the bell.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class SharedMemoryHost : IDisposable
{
    private const int WaitMilliseconds = 200;

    private readonly int _parameters;
    private readonly SharedRun _shared;
    private readonly WeightsBuffer _weights;
    private readonly PartialPool _copies;
    private readonly ulong _runKey;
    private readonly Action<string> _report;
    private readonly Thread _listener;
    private WorkerLinks? _links;
    private volatile bool _stopping;

    private SharedMemoryHost(WeightsBuffer weights, ulong key, Action<string> report)
    {
        _parameters = weights.Values.Length;
        _weights = weights;
        _copies = new PartialPool(_parameters);
        _runKey = key;
        _report = report;
        _shared = SharedRun.Create(SharedFolder.NewPath(), _parameters, _runKey);
        _weights.MirrorTo(_shared.Weights);
        _listener = new Thread(Listen) { IsBackground = true, Name = "shared memory" };
    }

    /// <summary>Makes the shared weights. Null, and people are told why, where it is not possible.</summary>
    internal static SharedMemoryHost? TryCreate(WeightsBuffer weights, ulong key, Action<string> report)
    {
        try
        {
            SharedFolder.RemoveStale();
            return new SharedMemoryHost(weights, key, report);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            report($"workers of this machine use the network, not shared memory: {error.Message}");
            return null;
        }
    }

    /// <summary>Begins to wait for partials of <paramref name="links"/>.</summary>
    internal void Start(WorkerLinks links)
    {
        _links = links;
        _listener.Start();
    }

    /// <summary>The weights are now <paramref name="version"/>, and so are those that workers read.</summary>
    internal void Publish(WeightsVersion version)
    {
        Check.That(_weights.Holds(version));
        Check.That(_shared.Weights.Holds(version));
    }

    /// <summary>A channel for <paramref name="link"/>, and what its worker must know of it.</summary>
    internal (SharedMemoryOffer? Offer, CoordinatorChannel? Channel) OfferTo(WorkerLink link)
    {
        try
        {
            var channel = new CoordinatorChannel(SharedFolder.NewPath(), _parameters, _runKey, _copies);
            return (new SharedMemoryOffer { WeightsPath = _shared.Path, ChannelPath = channel.Path, Key = _runKey }, channel);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _report($"{link.Worker} uses the network, not shared memory: {error.Message}");
            return default;
        }
    }

    /// <summary>Call once no link is open and the run is over.</summary>
    public void Dispose()
    {
        _weights.MirrorTo(null);
        _stopping = true;
        _shared.Bell.Ring();
        if (_listener.IsAlive)
        {
            _listener.Join();
        }

        _shared.Dispose();
    }

    private void Listen()
    {
        while (!_stopping)
        {
            int seen = _shared.Bell.Rings;
            bool any = false;
            foreach (WorkerLink link in _links!.All)
            {
                any |= link.CollectShared();
            }

            if (!any)
            {
                _shared.Bell.Wait(seen, WaitMilliseconds);
            }
        }
    }
}
