using System.Diagnostics;
using Distributed.Coordinator.Actors;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Hosting;
using Distributed.Coordinator.Recipes;
using Distributed.Coordinator.Training;
using Distributed.Coordinator.Transport;
using Distributed.Numerics.Ranges;
using Distributed.Protocol;
using Distributed.Protocol.Wire;

namespace Distributed.Bench.Wire;

/// <summary>
/// How long a run of scratch-mlp by two worker processes stands still when one is killed: from the signal to the end of the first step in which the dead one
/// can have taken no part. Aim: under 100 ms, p50 and p99.
/// </summary>
internal static class KillCommand
{
    private const int Workers = 2;

    public static async Task<int> RunAsync(int kills)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.WriteLine("skipped: the worker processes are found by way of /proc, which only Linux has");
            return 1;
        }
        PreparedRun run = Prepare();
        var recorder = new KillRecorder();
        var settings = new TransportSettings { ProgramVersion = ProtocolVersion.Program, LocalToken = Guid.NewGuid().ToString("N") };
        await using var workers = new WorkerProcesses(run, new TrainOptions { Workers = Workers }, settings, recorder, TimeProvider.System, reachable: null);
        using var stop = new CancellationTokenSource();
        var actors = new RunActors(run, new TrainingSettings(), new RangeCrew(1), recorder, TimeProvider.System);
        Task<RunResult> running = actors.RunAsync(workers, _ => { }, stop.Token);
        await await Task.WhenAny(KillAsync(recorder, kills), running);
        await stop.CancelAsync();
        await running;
        return 0;
    }

    private static async Task KillAsync(KillRecorder recorder, int kills)
    {
        var random = new Random(1);
        List<double> noticed = [], done = [];
        for (int kill = 0; kill < kills; kill++)
        {
            await recorder.JoinsAsync(Workers + kill);
            await Task.Delay(random.Next(200, 500));
            int[] alive = LivingWorkers();
            using Process victim = Process.GetProcessById(alive[random.Next(alive.Length)]);
            long start = Stopwatch.GetTimestamp();
            victim.Kill();
            (long lost, long step) = await recorder.AfterKillAsync();
            noticed.Add(Stopwatch.GetElapsedTime(start, lost).TotalMilliseconds);
            done.Add(Stopwatch.GetElapsedTime(start, step).TotalMilliseconds);
        }
        Console.WriteLine($"{kills} kills of a worker process, in ms{"",-14} {"p50",8} {"p99",8} {"most",8}");
        Print("until the coordinator knows", noticed);
        Print("until the next step without it is done", done);
    }

    private static void Print(string what, List<double> values)
    {
        double[] sorted = [.. values.Order()];
        double At(double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
        Console.WriteLine($"{what,-44} {At(0.5),8:0.0} {At(0.99),8:0.0} {sorted[^1],8:0.0}");
    }

    /// <summary>Without a test set: no evaluation stands between a kill and the next step.</summary>
    private static PreparedRun Prepare()
    {
        var mnist = new MnistLocator(AppContext.BaseDirectory, Environment.CurrentDirectory);
        LoadedData data = new DataLoader(mnist).Load(new DataOptions("mnist")) with { Test = null };
        Recipe recipe = RecipeCatalog.BuiltIn(RecipeCatalog.DefaultName) with { Epochs = 1_000_000 };
        return PreparedRun.Begin(recipe, data, data.Train.ComputeDigest());
    }

    private static int[] LivingWorkers() =>
        [
            .. Directory.GetDirectories("/proc/self/task")
                .SelectMany(task => File.ReadAllText($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(int.Parse)
                .Where(process => File.ReadAllText($"/proc/{process}/cmdline").Contains("worker.dll", StringComparison.Ordinal)),
        ];
}
