using System.CommandLine;
using System.Runtime.InteropServices;
using Distributed.Health;
using Distributed.Protocol;
using Distributed.Protocol.Clusters;
using Distributed.Worker;
using Distributed.Worker.Cluster;

var reader = new WorkerOptionsReader();
ParseResult parsed = reader.Command.Parse(args);
if (parsed.Action is not null && parsed.Errors.Count == 0)
{
    return parsed.Invoke();
}

using var leave = new CancellationTokenSource();
int signals = 0;
void HandleSignal(PosixSignalContext context)
{
    if (Interlocked.Increment(ref signals) > 1)
    {
        Environment.Exit(WorkerState.ExitStopped);
    }

    context.Cancel = true;
    leave.Cancel();
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, HandleSignal);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, HandleSignal);
try
{
    string? token = null;
    if (reader.IsSupervised(parsed))
    {
        token = Console.In.ReadLine();
        var watch = new Thread(() =>
        {
            // The pipe ends when the coordinator does, however it ends.
            while (Console.In.ReadLine() is not null)
            {
            }

            Environment.Exit(WorkerState.ExitDone);
        })
        {
            IsBackground = true,
            Name = "parent",
        };
        watch.Start();
    }

    string home = Environment.GetEnvironmentVariable("XDG_CACHE_HOME")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
    WorkerOptions options = reader.Read(
        parsed,
        Environment.GetEnvironmentVariable,
        $"{Environment.MachineName}-{Environment.ProcessId}",
        Environment.ProcessorCount,
        Path.Combine(home, "distributed", "datasets"),
        token);
    if (options.Check)
    {
        return await new CoordinatorCheck(options, TimeProvider.System, Console.Out.WriteLine).RunAsync(leave.Token).ConfigureAwait(false);
    }

    void Log(string text) => Console.Error.WriteLine($"{options.Name}: {text}");
    await using ICoordinatorLocator locator = options.Cluster is { } cluster
        ? ClusterEdition.Locate(options, cluster, TimeProvider.System, Log)
        : new FixedLocator(new NodeAddress(options.Host, options.Port));
    var program = new WorkerProgram(options, locator, Guid.NewGuid().ToString("N"), TimeProvider.System, Log);
    await using HealthServer? health = options.Health is { } address
        ? await HealthServer.StartAsync(address, program.ProbeAsync).ConfigureAwait(false)
        : null;
    if (health is not null)
    {
        Log($"answers probes at {health.Address}");
    }

    return await program.RunAsync(leave.Token).ConfigureAwait(false);
}
catch (InputException error)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return WorkerState.ExitRefused;
}
