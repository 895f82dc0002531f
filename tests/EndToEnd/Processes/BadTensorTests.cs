using Distributed.Protocol.Wire;
using Distributed.Protocol.Wire.Messages;
using Grpc.Core;
using static Distributed.EndToEnd.Processes.RunningProgram;

namespace Distributed.EndToEnd.Processes;

/// <summary>Tensors that are damaged, too large or not finite, and workers that fail, over the real transport.</summary>
public sealed class BadTensorTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly int _port = FreePort.Take();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AFlippedBitClosesTheLinkAndChangesNoBit(bool inPartials)
    {
        var run = new LongRun(_folder, epochs: 1500);
        await using RunningProgram coordinator = Start(run, spawn: 1);
        await coordinator.SaysAsync("listening on");
        await using var proxy = new FlippingProxy(_port, inPartials, afterLargeFrames: 20);
        await using RunningProgram worker = StartWorker("--coordinator", $"127.0.0.1:{proxy.Port}", "--name", "guest", "--threads", "1");
        await (inPartials ? coordinator : worker).SaysAsync("a tensor has checksum");
        await coordinator.SaysAsync("lost at step");
        await worker.SaysAsync("incarnation 2");
        Assert.True(proxy.HasFlipped);
        Assert.Equal(await run.DigestAsync(), (await coordinator.EndWellAsync()).Digest);
    }

    [Fact]
    public async Task AChecksumThatDoesNotFitIsNamedAndThePartComputedAgain()
    {
        Result result = await RunWithAsync(async fake =>
        {
            WorkerFrame frame = await fake.AnswerAsync(new float[fake.Run.Layout.Count]);
            frame.Control.TensorHeader.Crc32C ^= 1;
            await fake.SendAsync(frame);
        });
        Assert.Matches(@"worker-\d lost at step \d+: it sent what the protocol does not allow: a tensor has checksum", result.Error);
    }

    [Fact]
    public async Task AGradientOfAnotherNetworkIsRefused()
    {
        Result result = await RunWithAsync(async fake => await fake.SendAsync(await fake.AnswerAsync(new float[7])));
        Assert.Contains("a gradient of 7 floats; the network has", result.Error);
    }

    [Fact]
    public async Task AnOversizeMessageIsRefusedBeforeItIsRead()
    {
        Result result = await RunWithAsync(async fake =>
        {
            float[] large = new float[fake.Run.Layout.Count + (2 * ProtocolLimits.ControlBytesMax)];
            await fake.SendAsync(await fake.AnswerAsync(large));
        });
        Assert.Matches(@"worker-\d lost at step \d+: .*Received message exceeds the maximum configured message size: \d+ bytes", result.Error);
    }

    [Fact]
    public async Task AWorkersExceptionIsShownFirstAndWhole()
    {
        const string Details = "System.InvalidOperationException: the core melted\n   at Worker.Furnace.Heat()\n   at Worker.Furnace.Run()";
        Result result = await RunWithAsync(async fake =>
            await fake.SendAsync(new FromWorker { Failed = new Failed { Message = "the core melted", Details = Details } }));
        int shown = result.Error.IndexOf($"failed: {Details}", StringComparison.Ordinal);
        int lost = result.Error.IndexOf("it failed: the core melted", StringComparison.Ordinal);
        Assert.True(shown >= 0, result.Error);
        Assert.True(lost < 0 || shown < lost, result.Error);
    }

    [Fact]
    public async Task AWorkerThatComputesWronglyStaysOutUnderAnotherName()
    {
        var run = new LongRun(_folder, epochs: 800);
        await using RunningProgram coordinator = Start(run, spawn: 1, _folder.NewRun(), "--audit", "1");
        await coordinator.SaysAsync("listening on");
        await using FakeWorker liar = await FakeWorker.JoinAsync(_port, "liar");
        Task lying = LieAsync(liar);
        await coordinator.SaysAsync("it is in quarantine");
        await lying;
        Refusal refusal = await FakeWorker.RefusalAsync(_port, "innocent", processKey: "liar");
        Assert.True(refusal.Permanent);
        Assert.Contains("this process, under another name, computed wrongly", refusal.Reason);
        Assert.Contains("a worker called liar computed wrongly", (await FakeWorker.RefusalAsync(_port, "liar", "another process")).Reason);
        Assert.Equal(await run.DigestAsync(), (await coordinator.EndWellAsync()).Digest);
    }

    [Fact]
    public async Task NaNFromAWorkerStopsTheRunAndNamesStepTensorAndWorker()
    {
        var run = new LongRun(_folder, epochs: 2000);
        string folder = _folder.NewRun();
        await using RunningProgram coordinator = Start(run, spawn: 1, folder);
        string checkpoints = Path.Combine(folder, "checkpoints");
        await WaitAsync(() => Directory.Exists(checkpoints) && Directory.EnumerateFiles(checkpoints, "*.safetensors").Any());
        await using FakeWorker fake = await FakeWorker.JoinAsync(_port, "poisoner");
        float[] gradient = new float[fake.Run.Layout.Count];
        gradient[1] = float.NaN;
        await fake.SendAsync(await fake.AnswerAsync(gradient));
        Result result = await coordinator.EndAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.Matches(@"step \d+: the gradient of W1 from worker-2 has NaN at element 1;", result.Error);
        Assert.Contains("The last checkpoint is kept.", result.Error);
        Assert.NotEmpty(Directory.EnumerateFiles(checkpoints, "*.safetensors"));
        Assert.False(File.Exists(Path.Combine(folder, "model.safetensors")));
    }

    /// <summary>Answers with zeros for as long as anybody asks: an answer that comes when others have decided is not compared.</summary>
    private static async Task LieAsync(FakeWorker liar)
    {
        try
        {
            while (true)
            {
                await liar.SendAsync(await liar.AnswerAsync(new float[liar.Run.Layout.Count]));
            }
        }
        catch (Exception error) when (error is IOException or RpcException or InvalidOperationException or OperationCanceledException)
        {
            // It was found out, and its link is closed.
        }
    }

    /// <summary>A run by one worker of its own, to which a fake one does <paramref name="harm"/>; it must end with the right bytes all the same.</summary>
    private async Task<Result> RunWithAsync(Func<FakeWorker, Task> harm)
    {
        var run = new LongRun(_folder, epochs: 100);
        await using RunningProgram coordinator = Start(run, spawn: 1);
        await coordinator.SaysAsync("listening on");
        await using FakeWorker fake = await FakeWorker.JoinAsync(_port, "fake");
        await harm(fake);
        Result result = await coordinator.EndWellAsync();
        Assert.Equal(await run.DigestAsync(), result.Digest);
        return result;
    }

    private RunningProgram Start(LongRun run, int spawn, string? folder = null, params string[] more) => StartCoordinator(
        [.. run.Arguments, "--workers", "2", "--spawn", $"{spawn}", "--listen", $"127.0.0.1:{_port}", "--run-dir", folder ?? _folder.NewRun(), .. more]);
}
