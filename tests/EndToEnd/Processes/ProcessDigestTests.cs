namespace Distributed.EndToEnd.Processes;

/// <summary>Workers as processes, by shared memory and by the network, end with the bytes of a single process.</summary>
public sealed class ProcessDigestTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    public async Task LocalProcessesDoNotChangeABit(int workers)
    {
        var run = new LongRun(_folder, epochs: 8);
        await using RunningProgram coordinator = RunningProgram.StartCoordinator([.. run.Arguments, "--workers", $"{workers}", "--run-dir", _folder.NewRun()]);
        Assert.Equal(await run.DigestAsync(), (await coordinator.EndWellAsync()).Digest);
    }

    [Fact]
    public async Task WorkersThatPeopleStartDoNotChangeABit()
    {
        // Long enough for both to join: a worker that comes when all is over goes on looking for the coordinator, as it should.
        var run = new LongRun(_folder, epochs: 150);
        int port = FreePort.Take();
        await using RunningProgram coordinator = RunningProgram.StartCoordinator(
            [.. run.Arguments, "--workers", "3", "--spawn", "1", "--listen", $"127.0.0.1:{port}", "--run-dir", _folder.NewRun()]);
        await using RunningProgram one = RunningProgram.StartWorker("--coordinator", $"127.0.0.1:{port}", "--name", "one");
        await using RunningProgram two = RunningProgram.StartWorker("--coordinator", $"127.0.0.1:{port}", "--name", "two", "--threads", "3");
        Result result = await coordinator.EndWellAsync();
        Assert.Equal(await run.DigestAsync(), result.Digest);
        Assert.Equal(0, (await one.EndAsync()).ExitCode);
        Assert.Equal(0, (await two.EndAsync()).ExitCode);
        Assert.Contains("tensors by the network", one.Error);
    }
}
