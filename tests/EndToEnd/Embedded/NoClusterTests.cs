using Distributed.EndToEnd.Processes;

namespace Distributed.EndToEnd.Embedded;

/// <summary>The embedded edition has no cluster, and says so.</summary>
public sealed class NoClusterTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ACoordinatorSaysWhichEditionIsNeeded()
    {
        await using RunningProgram coordinator = RunningProgram.StartCoordinator(
            "--cluster", "--seed-node", "127.0.0.1:7601", "--listen", "127.0.0.1:7600", "--run-dir", _folder.NewRun());
        AssertRefused(await coordinator.EndAsync());
    }

    [Fact]
    public async Task AWorkerSaysWhichEditionIsNeeded()
    {
        await using RunningProgram worker = RunningProgram.StartWorker("--cluster", "--role", "worker", "--seed-node", "127.0.0.1:7601");
        AssertRefused(await worker.EndAsync());
    }

    private static void AssertRefused(Result result)
    {
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--cluster needs the Akka.Cluster edition", result.Error);
        Assert.Contains("-p:Upstream=true", result.Error);
        Assert.DoesNotContain("   at ", result.Error);
    }
}
