using System.Diagnostics;
using Distributed.EndToEnd.Processes;
using static Distributed.EndToEnd.Processes.RunningProgram;

namespace Distributed.EndToEnd.Cluster;

/// <summary>
/// A coordinator, a standby and a worker, three processes on loopback: whichever dies or falls silent, the run ends with the bytes of an undisturbed one.
/// </summary>
public sealed class ClusterTests(ITestOutputHelper output) : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AWorkerFindsTheCoordinatorByTheCluster()
    {
        var cluster = new TestCluster(_folder, epochs: 8);
        await using RunningProgram coordinator = cluster.StartCoordinator();
        await using RunningProgram worker = cluster.StartWorker("one");
        Result result = await coordinator.EndWellAsync();
        Assert.Equal(await cluster.DigestAsync(), result.Digest);
        Assert.Equal(0, (await worker.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task AStandbyFinishesTheRunOfAKilledCoordinator()
    {
        var cluster = new TestCluster(_folder, epochs: 800);
        await using RunningProgram coordinator = cluster.StartCoordinator();
        await using RunningProgram standby = cluster.StartStandby();
        await coordinator.SaysAsync("is a member of the cluster");
        await using RunningProgram worker = cluster.StartWorker("one");
        await coordinator.SaysAsync("joined");
        await cluster.CheckpointAsync();
        coordinator.Send(Signal.Kill);
        long killed = Stopwatch.GetTimestamp();
        await standby.SaysAsync("no heartbeat from the coordinator");
        output.WriteLine($"the coordinator's node is unreachable {Seconds(killed)} s after kill -9");
        await standby.SaysAsync("this standby is the coordinator now");
        output.WriteLine($"removed, and the standby elected, after {Seconds(killed)} s");
        await standby.SaysAsync("is the first of this coordinator");
        output.WriteLine($"the next step after {Seconds(killed)} s");
        Result result = await standby.EndWellAsync();
        Assert.Equal(await cluster.DigestAsync(), result.Digest);
        Assert.Equal(0, (await worker.EndAsync()).ExitCode);
        Assert.Contains("is at 127.0.0.1", worker.Error);
        Assert.Contains(" now, in term 2", worker.Error);
    }

    [Fact]
    public async Task AKilledWorkersPartGoesToAnother()
    {
        var cluster = new TestCluster(_folder, epochs: 400);
        await using RunningProgram coordinator = cluster.StartCoordinator();
        await using RunningProgram standby = cluster.StartStandby();
        await coordinator.SaysAsync("is a member of the cluster");
        await using RunningProgram worker = cluster.StartWorker("one");
        await coordinator.SaysAsync("(one");
        worker.Send(Signal.Kill);
        await coordinator.SaysAsync("lost at step");
        long killed = Stopwatch.GetTimestamp();
        await using RunningProgram other = cluster.StartWorker("two");
        await coordinator.SaysAsync("(two");
        output.WriteLine($"another worker, started after the loss, trains {Seconds(killed)} s later");
        Assert.Equal(await cluster.DigestAsync(), (await coordinator.EndWellAsync()).Digest);
        Assert.Equal(0, (await other.EndAsync()).ExitCode);
        Assert.Equal(0, (await standby.EndAsync()).ExitCode);
        Assert.Contains("the run is over", standby.Error);
    }

    /// <summary>A worker whose process hangs loses its part as soon as the cluster misses its heartbeat, and comes back as a new incarnation.</summary>
    [Fact]
    public async Task AnUnreachableWorkersPartGoesToAnotherAndItMayReturn()
    {
        var cluster = new TestCluster(_folder, epochs: 2000);
        await using RunningProgram coordinator = cluster.StartCoordinator();
        await using RunningProgram sleeper = cluster.StartWorker("sleeper");
        await using RunningProgram other = cluster.StartWorker("other");
        await coordinator.SaysAsync("joined", times: 2);
        sleeper.Send(Signal.Stop);
        long stopped = Stopwatch.GetTimestamp();
        await coordinator.SaysAsync("is unreachable: no heartbeat in the cluster");
        output.WriteLine($"its part goes to another {Seconds(stopped)} s after SIGSTOP");
        sleeper.Send(Signal.Continue);
        await coordinator.SaysAsync("joined", times: 3);
        await sleeper.SaysAsync("incarnation 2");
        Assert.Equal(await cluster.DigestAsync(), (await coordinator.EndWellAsync()).Digest);
        Assert.Equal(0, (await sleeper.EndAsync()).ExitCode);
    }

    /// <summary>The old coordinator wakes up after another has taken over: it must not write a byte, and must end with a sentence.</summary>
    [Fact]
    public async Task ACoordinatorThatWasCutOffWritesNothingAndEnds()
    {
        var cluster = new TestCluster(_folder, epochs: 3000);
        await using RunningProgram coordinator = cluster.StartCoordinator("--workers", "2", "--spawn", "1");
        await using RunningProgram standby = cluster.StartStandby();
        await using RunningProgram worker = cluster.StartWorker("one");
        await coordinator.SaysAsync("joined", times: 2);
        await coordinator.SaysAsync("is a member of the cluster");
        await cluster.CheckpointAsync();
        coordinator.Send(Signal.Stop);
        await standby.SaysAsync("is the first of this coordinator");
        string before = coordinator.Error;
        coordinator.Send(Signal.Continue);
        Result old = await coordinator.EndAsync();
        output.WriteLine(old.Error[before.Length..]);
        Assert.Equal(1, old.ExitCode);
        Assert.DoesNotContain("weights digest", old.Output);
        Assert.DoesNotContain("   at ", old.Error);
        Assert.True(old.Error.Contains("writes no more") || old.Error.Contains("nothing more is written here"), old.Error);
        Assert.Equal(await cluster.DigestAsync(), (await standby.EndWellAsync()).Digest);
        Assert.Equal(0, (await worker.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task ASecondCoordinatorIsRefused()
    {
        var cluster = new TestCluster(_folder, epochs: 8);
        await using RunningProgram coordinator = cluster.StartCoordinator();
        await coordinator.SaysAsync("listening on");
        await using RunningProgram second = cluster.StartSecondCoordinator();
        Result refused = await second.EndAsync();
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("the cluster has a coordinator already", refused.Error);
        await using RunningProgram worker = cluster.StartWorker("one");
        Assert.Equal(await cluster.DigestAsync(), (await coordinator.EndWellAsync()).Digest);
    }

    [Fact]
    public async Task NodesAuthenticateEachOther()
    {
        var cluster = new TestCluster(_folder, epochs: 8, secure: true);
        await using RunningProgram coordinator = cluster.StartCoordinator();
        await using RunningProgram worker = cluster.StartWorker("one");
        Assert.Equal(await cluster.DigestAsync(), (await coordinator.EndWellAsync()).Digest);
        Assert.Equal(0, (await worker.EndAsync()).ExitCode);
    }

    private static string Seconds(long since) => Stopwatch.GetElapsedTime(since).TotalSeconds.ToString("F1");
}
