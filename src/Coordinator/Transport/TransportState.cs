using Distributed.Protocol;
using Distributed.Protocol.Datasets;
using Distributed.Protocol.SharedMemory;
using Distributed.Protocol.Wire;
using Distributed.Protocol.Wire.Messages;
using Grpc.Core;

namespace Distributed.Coordinator.Transport;

/// <summary>What the calls of all workers share.</summary>
internal sealed class TransportState(TransportSettings settings, RunOffer offer, WorkerLinks links, SharedMemoryHost? sharedMemory, TimeProvider time)
{
    private readonly Run _run = RunCodec.Encode(offer.Run);

    internal TransportSettings Settings => settings;

    internal RunOffer Offer => offer;

    internal WorkerLinks Links => links;

    internal TimeProvider Time => time;

    /// <summary>The port of the workers that this coordinator starts; set once it is known.</summary>
    internal int LocalPort { get; set; }

    /// <summary>Turns a call without the right token away. True when it came by the port of this machine's own workers.</summary>
    internal bool Authorize(ServerCallContext context)
    {
        bool isLocal = context.GetHttpContext().Connection.LocalPort == LocalPort;
        TokenCheck.Require(context, isLocal ? settings.LocalToken : settings.JoinToken);
        return isLocal;
    }

    /// <summary>Shared memory for <paramref name="link"/>; nothing where there is none, which is reported once.</summary>
    internal (SharedMemoryOffer? Offer, CoordinatorChannel? Channel) OfferSharedMemory(WorkerLink link) =>
        sharedMemory is null || !SharedFolder.IsSupported ? default : sharedMemory.OfferTo(link);

    /// <summary>What a worker is told first.</summary>
    internal Welcome WelcomeFor(WorkerLink link, SharedMemoryOffer? shared) => new()
    {
        Worker = link.Worker.Value,
        Incarnation = link.Incarnation.Value,
        HeartbeatIntervalMs = (int)settings.HeartbeatInterval.TotalMilliseconds,
        HeartbeatLimitMs = (int)settings.HeartbeatLimit.TotalMilliseconds,
        DatasetDigest = offer.DataDigest.Hex,
        DatasetBytes = DatasetCodec.EncodedBytes(offer.Samples),
        Run = _run,
        SharedMemory = shared,
    };
}
