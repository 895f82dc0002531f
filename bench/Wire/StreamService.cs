using Distributed.Coordinator.Transport;
using Distributed.Protocol.Wire;
using Distributed.Protocol.Wire.Messages;
using Grpc.Core;

namespace Distributed.Bench.Wire;

/// <summary>The coordinator's side of the training stream without a run. The join says how many tensors of which size are wanted, and how.</summary>
internal sealed class StreamService : TrainingServiceBase
{
    /// <summary>Process keys of joins: weights as fast as they go, or one after each partial.</summary>
    public const string Flood = "flood", PingPong = "ping-pong";

    public override async Task Train(IAsyncStreamReader<WorkerFrame> requests, IServerStreamWriter<CoordinatorFrame> responses, ServerCallContext context)
    {
        await requests.MoveNext(context.CancellationToken);
        Join join = requests.Current.Control.Join;
        float[] weights = new float[int.Parse(join.Name)];
        Task sending = join.ProcessKey == Flood ? SendAsync(responses, weights, join.Life) : Task.CompletedTask;
        while (await requests.MoveNext(context.CancellationToken))
        {
            requests.Current.Received!.Release();
            if (join.ProcessKey == PingPong)
                await SendAsync(responses, weights, 1);
        }
        await sending;
    }

    public override Task Heartbeat(IAsyncStreamReader<Beat> requests, IServerStreamWriter<Beat> responses, ServerCallContext context) =>
        throw new NotSupportedException();

    public override Task FetchDataset(DatasetRequest request, IServerStreamWriter<DatasetChunk> responses, ServerCallContext context) =>
        throw new NotSupportedException();

    public override Task<ProbeReply> Probe(ProbeRequest request, ServerCallContext context) => throw new NotSupportedException();

    private static async Task SendAsync(IServerStreamWriter<CoordinatorFrame> responses, float[] weights, int messages)
    {
        for (int i = 0; i < messages; i++)
            await responses.WriteAsync(new CoordinatorFrame(new FromCoordinator { Weights = new WeightsHeader { Version = i } }, weights));
    }
}
