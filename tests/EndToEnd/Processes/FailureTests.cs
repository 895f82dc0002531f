using static Distributed.EndToEnd.Processes.RunningProgram;

namespace Distributed.EndToEnd.Processes;

/// <summary>Workers and coordinators that die, hang, return and leave: the run ends with the same bytes, and the log says what happened.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AKilledWorkerIsStartedAgain()
    {
        RequireLinux();
        var run = new LongRun(_folder, epochs: 1500);
        await using RunningProgram coordinator = StartCoordinator([.. run.Arguments, "--workers", "2", "--run-dir", _folder.NewRun()]);
        await coordinator.SaysAsync("joined", times: 2);
        SendTo(coordinator.Children()[0], Signal.Kill);
        await coordinator.SaysAsync("lost at step");
        await coordinator.SaysAsync("was killed by signal 9");
        await coordinator.SaysAsync("joined", times: 3);
        Assert.Equal(await run.DigestAsync(), (await coordinator.EndWellAsync()).Digest);
    }

    [Fact]
    public async Task AWorkerThatHangsIsGivenUpAndMayReturn()
    {
        RequireLinux();
        var run = new LongRun(_folder, epochs: 1500);
        int port = FreePort.Take();
        await using RunningProgram coordinator = StartCoordinator(
            [.. run.Arguments, "--workers", "2", "--spawn", "1", "--listen", $"127.0.0.1:{port}", "--run-dir", _folder.NewRun()]);
        await using RunningProgram worker = StartWorker("--coordinator", $"127.0.0.1:{port}", "--name", "sleeper");
        await coordinator.SaysAsync("joined", times: 2);
        worker.Send(Signal.Stop);
        await coordinator.SaysAsync("no heartbeat for");
        worker.Send(Signal.Continue);
        await coordinator.SaysAsync("joined", times: 3);
        await worker.SaysAsync("incarnation 2");
        Assert.Equal(await run.DigestAsync(), (await coordinator.EndWellAsync()).Digest);
    }

    [Fact]
    public async Task AKilledCoordinatorTakesItsOwnWorkersAlongAndIsResumed()
    {
        RequireLinux();
        var run = new LongRun(_folder, epochs: 400);
        string folder = _folder.NewRun();
        int port = FreePort.Take();
        string[] workers = ["--workers", "3", "--spawn", "2", "--listen", $"127.0.0.1:{port}"];
        await using RunningProgram coordinator = StartCoordinator([.. run.Arguments, .. workers, "--run-dir", folder]);
        await using RunningProgram faithful = StartWorker("--coordinator", $"127.0.0.1:{port}", "--name", "faithful");
        await coordinator.SaysAsync("joined", times: 3);
        await WaitForCheckpointAsync(folder);
        int[] children = coordinator.Children();
        Assert.Equal(2, children.Length);
        coordinator.Send(Signal.Kill);
        await WaitAsync(() => !children.Any(IsAlive));
        Assert.NotEqual(0, (await coordinator.EndAsync()).ExitCode);
        await using RunningProgram resumed = StartCoordinator(["--resume", folder, .. workers]);
        await resumed.SaysAsync("faithful");
        Assert.Equal(await run.DigestAsync(), (await resumed.EndWellAsync()).Digest);
        Assert.Equal(0, (await faithful.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task AWorkerThatIsAskedToLeaveSaysGoodbye()
    {
        RequireLinux();
        var run = new LongRun(_folder, epochs: 400);
        int port = FreePort.Take();
        await using RunningProgram coordinator = StartCoordinator(
            [.. run.Arguments, "--workers", "2", "--spawn", "1", "--listen", $"127.0.0.1:{port}", "--run-dir", _folder.NewRun()]);
        await using RunningProgram guest = StartWorker("--coordinator", $"127.0.0.1:{port}", "--name", "guest");
        await coordinator.SaysAsync("guest");
        guest.Send(Signal.Terminate);
        await coordinator.SaysAsync("it left: asked to leave");
        Assert.Equal(130, (await guest.EndAsync()).ExitCode);
        Assert.Equal(await run.DigestAsync(), (await coordinator.EndWellAsync()).Digest);
    }

    [Fact]
    public async Task ARunWithoutWorkersWaitsAndGoesOn()
    {
        var run = new LongRun(_folder, epochs: 2);
        int port = FreePort.Take();
        await using RunningProgram coordinator = StartCoordinator(
            [.. run.Arguments, "--workers", "1", "--listen", $"127.0.0.1:{port}", "--run-dir", _folder.NewRun()]);
        await coordinator.SaysAsync("listening on");
        await using RunningProgram late = StartWorker("--coordinator", $"127.0.0.1:{port}", "--name", "late");
        Assert.Equal(await run.DigestAsync(), (await coordinator.EndWellAsync()).Digest);
    }
}
