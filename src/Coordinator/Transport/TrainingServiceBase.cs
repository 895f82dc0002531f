using Distributed.Protocol.Wire;
using Distributed.Protocol.Wire.Messages;
using Grpc.Core;

namespace Distributed.Coordinator.Transport;

/// <summary>The service of proto/training.proto as the server library asks for it: written by hand, because tensors have marshallers of their own.</summary>
[BindServiceMethod(typeof(TrainingServiceBase), nameof(BindService))]
public abstract class TrainingServiceBase
{
    /// <summary>A worker's whole life in a run.</summary>
    public abstract Task Train(IAsyncStreamReader<WorkerFrame> requests, IServerStreamWriter<CoordinatorFrame> responses, ServerCallContext context);

    /// <summary>Beats up, the same beats back.</summary>
    public abstract Task Heartbeat(IAsyncStreamReader<Beat> requests, IServerStreamWriter<Beat> responses, ServerCallContext context);

    /// <summary>The samples, in chunks.</summary>
    public abstract Task FetchDataset(DatasetRequest request, IServerStreamWriter<DatasetChunk> responses, ServerCallContext context);

    /// <summary>What a worker can find out without joining.</summary>
    public abstract Task<ProbeReply> Probe(ProbeRequest request, ServerCallContext context);

    /// <summary>Lists the methods; <paramref name="service"/> is null when the server makes one per call.</summary>
    public static void BindService(ServiceBinderBase binder, TrainingServiceBase? service)
    {
        binder.AddMethod(TrainingMethods.Train(CoordinatorFrame.Writer), service is null ? null : service.Train);
        binder.AddMethod(TrainingMethods.Heartbeat, service is null ? null : service.Heartbeat);
        binder.AddMethod(TrainingMethods.FetchDataset, service is null ? null : service.FetchDataset);
        binder.AddMethod(TrainingMethods.Probe, service is null ? null : service.Probe);
    }
}
