using Distributed.Protocol.Wire.Messages;
using Google.Protobuf;
using Grpc.Core;

namespace Distributed.Protocol.Wire;

/// <summary>The methods of the service in proto/training.proto.</summary>
public static class TrainingMethods
{
    /// <summary>As in the .proto file.</summary>
    public const string Service = "distributed.training.v1.Training";

    /// <summary>The metadata entry that carries the join token.</summary>
    public const string TokenEntry = "join-token";

    /// <summary>Beats up, the same beats back.</summary>
    public static Method<Beat, Beat> Heartbeat { get; } = Make(MethodType.DuplexStreaming, nameof(Heartbeat), Beat.Parser, Beat.Parser);

    /// <summary>The samples, in chunks.</summary>
    public static Method<DatasetRequest, DatasetChunk> FetchDataset { get; } =
        Make(MethodType.ServerStreaming, nameof(FetchDataset), DatasetRequest.Parser, DatasetChunk.Parser);

    /// <summary>What a worker can find out without joining.</summary>
    public static Method<ProbeRequest, ProbeReply> Probe { get; } = Make(MethodType.Unary, nameof(Probe), ProbeRequest.Parser, ProbeReply.Parser);

    /// <summary>A worker's life in a run, as one side of it reads and writes.</summary>
    public static Method<WorkerFrame, CoordinatorFrame> Train(Marshaller<CoordinatorFrame> fromCoordinator) =>
        new(MethodType.DuplexStreaming, Service, nameof(Train), WorkerFrame.Marshaller, fromCoordinator);

    private static Method<TRequest, TResponse> Make<TRequest, TResponse>(
        MethodType type, string name, MessageParser<TRequest> request, MessageParser<TResponse> response)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        new(type, Service, name, MarshallerOf(request), MarshallerOf(response));

    private static Marshaller<T> MarshallerOf<T>(MessageParser<T> parser)
        where T : class, IMessage<T> =>
        Marshallers.Create<T>(
            (message, context) =>
            {
                context.SetPayloadLength(message.CalculateSize());
                message.WriteTo(context.GetBufferWriter());
                context.Complete();
            },
            context => parser.ParseFrom(context.PayloadAsReadOnlySequence()));
}
