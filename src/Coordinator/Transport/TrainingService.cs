using System.IO.Pipelines;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;
using Distributed.Protocol.SharedMemory;
using Distributed.Protocol.Wire;
using Distributed.Protocol.Wire.Messages;
using Google.Protobuf;
using Grpc.Core;

namespace Distributed.Coordinator.Transport;

/// <summary>Answers workers of other processes. Whoever does not show the token is turned away before a message of theirs is read.</summary>
internal sealed class TrainingService(TransportState state) : TrainingServiceBase
{
    /// <inheritdoc/>
    public override async Task Train(IAsyncStreamReader<WorkerFrame> requests, IServerStreamWriter<CoordinatorFrame> responses, ServerCallContext context)
    {
        bool isLocal = state.Authorize(context);
        Protocol.Wire.Messages.Join join = await ReadJoinAsync(requests, context.CancellationToken).ConfigureAwait(false);
        (string? problem, bool isPermanent) = ProblemOf(join);
        if (problem is null)
        {
            (WorkerLink? link, Admission admission) = state.Links.Open(join.Name, join.ProcessKey, AddressOf(context));
            if (link is not null)
            {
                await ServeAsync(link, isLocal, requests, responses, context.CancellationToken).ConfigureAwait(false);
                return;
            }

            (problem, isPermanent) = (admission.Refusal, admission.IsPermanent);
        }

        var refusal = new Refusal { Reason = problem, Permanent = isPermanent };
        await responses.WriteAsync(new CoordinatorFrame(new FromCoordinator { Refusal = refusal })).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task Heartbeat(IAsyncStreamReader<Beat> requests, IServerStreamWriter<Beat> responses, ServerCallContext context)
    {
        state.Authorize(context);
        while (await requests.MoveNext(context.CancellationToken).ConfigureAwait(false))
        {
            Beat beat = requests.Current;
            if (state.Links.Find(new WorkerId(beat.Worker), new Incarnation(beat.Incarnation)) is not { } link)
            {
                throw new RpcException(new global::Grpc.Core.Status(StatusCode.NotFound, $"worker {beat.Worker} has no life {beat.Incarnation} here"));
            }

            link.Beat();
            await responses.WriteAsync(beat).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override async Task FetchDataset(DatasetRequest request, IServerStreamWriter<DatasetChunk> responses, ServerCallContext context)
    {
        state.Authorize(context);
        if (request.Digest != state.Offer.DataDigest.Hex)
        {
            throw new RpcException(new global::Grpc.Core.Status(StatusCode.NotFound, "this run trains on another dataset"));
        }

        var pipe = new Pipe(new PipeOptions(
            pauseWriterThreshold: 4 * ProtocolLimits.DatasetChunkBytes, resumeWriterThreshold: ProtocolLimits.DatasetChunkBytes));
        Task writing = Task.Run(async () =>
        {
            DatasetCodec.Write(state.Offer.Samples, pipe.Writer.AsStream());
            await pipe.Writer.CompleteAsync().ConfigureAwait(false);
        });
        try
        {
            await SendChunksAsync(pipe.Reader, responses, context.CancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await pipe.Reader.CompleteAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public override Task<ProbeReply> Probe(ProbeRequest request, ServerCallContext context)
    {
        state.Authorize(context);
        return Task.FromResult(new ProbeReply
        {
            ProtocolVersion = ProtocolVersion.Current,
            ProgramVersion = state.Settings.ProgramVersion,
            Echo = request.Echo.Length <= ProtocolLimits.EchoBytesMax ? request.Echo : ByteString.Empty,
            LiveWorkers = state.Links.All.Count,
            Refusal = ProtocolVersion.Refusal(request.ProtocolVersion, request.ProgramVersion, state.Settings.ProgramVersion) ?? "",
        });
    }

    private async Task ServeAsync(
        WorkerLink link,
        bool isLocal,
        IAsyncStreamReader<WorkerFrame> requests,
        IServerStreamWriter<CoordinatorFrame> responses,
        CancellationToken aborted)
    {
        try
        {
            (SharedMemoryOffer? offer, CoordinatorChannel? channel) = isLocal ? state.OfferSharedMemory(link) : default;
            await link.RunAsync(state.WelcomeFor(link, offer), channel, requests, responses, aborted).ConfigureAwait(false);
        }
        finally
        {
            state.Links.Remove(link);
        }
    }

    private (string? Problem, bool IsPermanent) ProblemOf(Protocol.Wire.Messages.Join join)
    {
        if (ProtocolVersion.Refusal(join.ProtocolVersion, join.ProgramVersion, state.Settings.ProgramVersion) is { } versions)
        {
            return (versions, true);
        }

        bool isNameFine = join.Name.Length is > 0 and <= ProtocolLimits.NameCharactersMax && !join.Name.Any(char.IsControl);
        bool isKeyFine = join.ProcessKey.Length is > 0 and <= ProtocolLimits.NameCharactersMax;
        return isNameFine && isKeyFine
            ? (null, false)
            : ($"a worker's name has 1 to {ProtocolLimits.NameCharactersMax} printable characters; choose another with --name", true);
    }

    private async Task<Protocol.Wire.Messages.Join> ReadJoinAsync(IAsyncStreamReader<WorkerFrame> requests, CancellationToken aborted)
    {
        using var patience = new CancellationTokenSource(ProtocolLimits.HandshakeMax, state.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(aborted, patience.Token);
        bool any = await requests.MoveNext(stop.Token).ConfigureAwait(false);
        if (!any || requests.Current.Control.KindCase != FromWorker.KindOneofCase.Join)
        {
            throw new RpcException(new global::Grpc.Core.Status(StatusCode.InvalidArgument, "the first message of a worker is Join"));
        }

        return requests.Current.Control.Join;
    }

    private static async Task SendChunksAsync(PipeReader reader, IServerStreamWriter<DatasetChunk> responses, CancellationToken aborted)
    {
        while (true)
        {
            ReadResult read = await reader.ReadAtLeastAsync(ProtocolLimits.DatasetChunkBytes, aborted).ConfigureAwait(false);
            long bytes = Math.Min(read.Buffer.Length, ProtocolLimits.DatasetChunkBytes);
            if (bytes == 0)
            {
                return;
            }

            byte[] data = new byte[bytes];
            System.Buffers.BuffersExtensions.CopyTo(read.Buffer.Slice(0, bytes), data);
            await responses.WriteAsync(new DatasetChunk { Data = UnsafeByteOperations.UnsafeWrap(data) }).ConfigureAwait(false);
            reader.AdvanceTo(read.Buffer.GetPosition(bytes));
        }
    }

    /// <summary>gRPC writes peers as ipv4:10.0.0.7:41022.</summary>
    private static string AddressOf(ServerCallContext context) => context.Peer[(context.Peer.IndexOf(':') + 1)..];
}
