using Distributed.Protocol;
using Distributed.Protocol.Wire;
using Distributed.Protocol.Wire.Messages;
using Grpc.Core;

namespace Distributed.Bench.Wire;

/// <summary>A worker's side of the training stream: partials up, weights down into the worker's buffer, each with its checksum.</summary>
internal sealed class TrainingTraffic(CallInvoker invoker)
{
    public async Task UploadAsync(int messages, int messageBytes)
    {
        using Call call = await OpenAsync(StreamService.Flood, down: 0, messageBytes);
        await SendAsync(call, messages, messageBytes);
        await call.Stream.ResponseStream.MoveNext(CancellationToken.None);
    }

    public async Task DownloadAsync(int messages, int messageBytes)
    {
        using Call call = await OpenAsync(StreamService.Flood, messages, messageBytes);
        await call.Stream.RequestStream.CompleteAsync();
        await ReadAsync(call, messages);
    }

    /// <summary>Both directions at once, without waiting for answers.</summary>
    public async Task ExchangeAsync(int messages, int messageBytes)
    {
        using Call call = await OpenAsync(StreamService.Flood, messages, messageBytes);
        Task sending = SendAsync(call, messages, messageBytes);
        await ReadAsync(call, messages);
        await sending;
    }

    /// <summary>One partial up, new weights down, then the next.</summary>
    public async Task PingPongAsync(int messages, int messageBytes, Action afterEach)
    {
        using Call call = await OpenAsync(StreamService.PingPong, down: 0, messageBytes);
        float[] gradient = new float[messageBytes / sizeof(float)];
        for (int i = 0; i < messages; i++)
        {
            await call.Stream.RequestStream.WriteAsync(PartialOf(gradient));
            await ReadAsync(call, 1);
            afterEach();
        }
        await call.Stream.RequestStream.CompleteAsync();
        await call.Stream.ResponseStream.MoveNext(CancellationToken.None);
    }

    private async Task<Call> OpenAsync(string kind, int down, int messageBytes)
    {
        var weights = new WeightsBuffer(new float[messageBytes / sizeof(float)]);
        var stream = invoker.AsyncDuplexStreamingCall(TrainingMethods.Train(CoordinatorFrame.ReaderInto(() => weights)), null, default);
        var join = new Protocol.Wire.Messages.Join { Name = $"{messageBytes / sizeof(float)}", ProcessKey = kind, Life = down };
        await stream.RequestStream.WriteAsync(new WorkerFrame(new FromWorker { Join = join }));
        return new Call(stream);
    }

    private static async Task SendAsync(Call call, int messages, int messageBytes)
    {
        float[] gradient = new float[messageBytes / sizeof(float)];
        for (int i = 0; i < messages; i++)
            await call.Stream.RequestStream.WriteAsync(PartialOf(gradient));
        await call.Stream.RequestStream.CompleteAsync();
    }

    private static async Task ReadAsync(Call call, int messages)
    {
        for (int i = 0; i < messages; i++)
        {
            if (!await call.Stream.ResponseStream.MoveNext(CancellationToken.None))
                throw new IOException($"the stream ended after {i} of {messages} tensors");
        }
    }

    private static WorkerFrame PartialOf(float[] gradient) => new(new FromWorker { Partial = new PartialHeader { Microbatches = 8 } }, gradient);

    private sealed record Call(AsyncDuplexStreamingCall<WorkerFrame, CoordinatorFrame> Stream) : IDisposable
    {
        public void Dispose() => Stream.Dispose();
    }
}
