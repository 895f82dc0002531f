using System.Diagnostics;
using Distributed.EndToEnd.Processes;
using Distributed.EndToEnd.Security;

namespace Distributed.EndToEnd.Cluster;

/// <summary>The command lines of a cluster on loopback, with one run's folder that all its coordinators share.</summary>
internal sealed class TestCluster
{
    private readonly LongRun _run;
    private readonly string _runFolder;
    private readonly int[] _nodePorts = [FreePort.Take(), FreePort.Take()];
    private readonly string[] _secrets;

    internal TestCluster(TestFolder folder, int epochs, bool secure = false)
    {
        _run = new LongRun(folder, epochs);
        _runFolder = folder.NewRun();
        _secrets = secure ? Secrets(folder) : [];
    }

    private string SeedNodes => $"127.0.0.1:{_nodePorts[0]},127.0.0.1:{_nodePorts[1]}";

    internal RunningProgram StartCoordinator(params string[] more) => RunningProgram.StartCoordinator(
        [.. _run.Arguments, "--run-dir", _runFolder, .. Node("coordinator", _nodePorts[0]), .. Listen(), .. _secrets, .. more]);

    internal RunningProgram StartStandby() => RunningProgram.StartCoordinator(
        ["--run-dir", _runFolder, "--checkpoint-every", "500", .. Node("standby", _nodePorts[1]), .. Listen(), .. _secrets]);

    /// <summary>One too many, with a folder and a port of its own.</summary>
    internal RunningProgram StartSecondCoordinator() => RunningProgram.StartCoordinator(
        [.. _run.Arguments, "--run-dir", _runFolder + "-second", .. Node("coordinator", _nodePorts[1]), .. Listen()]);

    internal RunningProgram StartWorker(string name) =>
        RunningProgram.StartWorker(["--cluster", "--role", "worker", "--seed-node", SeedNodes, "--name", name, .. _secrets]);

    internal Task<string> DigestAsync() => _run.DigestAsync();

    /// <summary>Waits until there is a checkpoint to take over from.</summary>
    internal async Task CheckpointAsync()
    {
        string checkpoints = Path.Combine(_runFolder, "checkpoints");
        long start = Stopwatch.GetTimestamp();
        while (!Directory.Exists(checkpoints) || !Directory.EnumerateFiles(checkpoints, "*.safetensors").Any())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < RunningProgram.Patience, "there is no checkpoint");
            await Task.Delay(10);
        }
    }

    private string[] Node(string role, int port) => ["--cluster", "--role", role, "--seed-node", SeedNodes, "--cluster-listen", $"127.0.0.1:{port}"];

    private static string[] Listen() => ["--listen", $"127.0.0.1:{FreePort.Take()}"];

    private static string[] Secrets(TestFolder folder)
    {
        using var authority = new TestAuthority(folder, "authority");
        (string certificate, string key) = authority.Issue("node");
        string token = folder.File("token");
        File.WriteAllText(token, "correct-horse-battery-staple");
        return ["--join-token-file", token, "--tls-certificate", certificate, "--tls-key", key, "--tls-ca", authority.File];
    }
}
