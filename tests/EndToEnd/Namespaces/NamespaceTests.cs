using Distributed.EndToEnd.Processes;

namespace Distributed.EndToEnd.Namespaces;

/// <summary>A coordinator and two workers with addresses of their own, on links with delay and loss, one of which is cut and healed.</summary>
public sealed class NamespaceTests(ITestOutputHelper output) : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ACutAndHealedLinkDoesNotChangeABit()
    {
        (Network? made, string? reason) = Network.TryCreate(machines: 3);
        if (made is null)
        {
            Assert.Skip($"this machine may not create network namespaces: {reason}");
        }

        using Network network = made;
        output.WriteLine(network.NoFaults is { } missing ? $"links without delay and loss: {missing}" : "links with 1 ms delay and 0.5 % loss");
        var run = new LongRun(_folder, epochs: 400);
        string listen = $"{Network.Address(0)}:7600";
        await using RunningProgram coordinator = RunningProgram.Start(
            network.On(0), "coordinator.dll", [.. run.Arguments, "--workers", "2", "--listen", listen, "--insecure", "--run-dir", _folder.NewRun()]);
        await coordinator.SaysAsync("listening on");
        await using RunningProgram far = StartWorker(network, 2, listen);
        await coordinator.SaysAsync("joined");
        network.Cut(2);
        await coordinator.SaysAsync("no heartbeat for");
        await using RunningProgram near = StartWorker(network, 1, listen);
        await coordinator.SaysAsync("joined", times: 2);
        network.Heal(2);
        Result result = await coordinator.EndWellAsync();
        Assert.Contains(Network.Address(1), result.Error);
        Assert.Equal(await run.DigestAsync(), result.Digest);
    }

    private static RunningProgram StartWorker(Network network, int machine, string coordinator) =>
        RunningProgram.Start(
            network.On(machine), "worker.dll", ["--coordinator", coordinator, "--name", $"machine-{machine}", "--threads", "1", "--cache", "none"]);
}
