using Distributed.EndToEnd.Processes;
using static Distributed.EndToEnd.Processes.RunningProgram;

namespace Distributed.EndToEnd.Chaos;

/// <summary>
/// A random worker is killed, paused, hung or asked to leave every 0.3 to 1 s, and the coordinator is killed and resumed, while a run goes on; it ends with
/// the bytes of an undisturbed one. Short by default; CHAOS_FAULTS=100 CHAOS_COORDINATOR_KILLS=5 CHAOS_EPOCHS=8000 is the long form, CHAOS_SEED=N repeats one.
/// </summary>
public sealed class ChaosTests(ITestOutputHelper output) : IDisposable
{
    private const int LocalWorkers = 2;
    private const int Guests = 2;

    private readonly TestFolder _folder = new();
    private readonly int _seed = Number("CHAOS_SEED", Environment.TickCount & 0xFFFF);
    private readonly int _faults = Number("CHAOS_FAULTS", 14);
    private readonly int _coordinatorKills = Number("CHAOS_COORDINATOR_KILLS", 1);
    private readonly int _port = FreePort.Take();
    private readonly RunningProgram?[] _guests = new RunningProgram?[Guests];
    private readonly List<Task> _later = [];
    private RunningProgram? _coordinator;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task NothingThatHappensToWorkersOrCoordinatorChangesABit()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("processes are found and stopped by way of /proc and signals, which only Linux has");
        }

        output.WriteLine($"CHAOS_SEED={_seed}: {_faults} faults, {_coordinatorKills} kills of the coordinator");
        var run = new LongRun(_folder, epochs: Number("CHAOS_EPOCHS", 2000));
        var plan = new ChaosPlan(_seed, _faults, _coordinatorKills, LocalWorkers + Guests);
        string runFolder = _folder.NewRun();
        string[] workers = ["--workers", $"{LocalWorkers + Guests}", "--spawn", $"{LocalWorkers}", "--listen", $"127.0.0.1:{_port}"];
        _coordinator = StartCoordinator([.. run.Arguments, .. workers, "--run-dir", runFolder]);
        try
        {
            int done = await DisturbAsync(plan, () => StartCoordinator(["--resume", runFolder, .. workers]), runFolder);
            await Task.WhenAll(_later);
            Result result = await _coordinator.EndWellAsync();
            output.WriteLine($"{done} faults done");
            Assert.True(done >= Math.Min(5, _faults), $"the run was over after {done} faults; give it more epochs");
            Assert.True(await run.DigestAsync() == result.Digest, $"CHAOS_SEED={_seed}: other bytes after:\n{result.Error}");
        }
        finally
        {
            await Task.WhenAll(_later);
            foreach (RunningProgram program in _guests.Append(_coordinator).OfType<RunningProgram>())
            {
                await program.DisposeAsync();
            }
        }
    }

    private async Task<int> DisturbAsync(ChaosPlan plan, Func<RunningProgram> resume, string runFolder)
    {
        for (int guest = 0; guest < Guests; guest++)
        {
            _guests[guest] = StartGuest(guest);
        }

        await _coordinator!.SaysAsync("joined");
        int done = 0;
        foreach (PlannedFault fault in plan.Faults)
        {
            await Task.Delay(fault.Pause);
            if (_coordinator.HasExited)
            {
                break;
            }

            await DoAsync(fault);
            done++;
            if (plan.KillsCoordinatorAfter.Contains(done) && HasCheckpoint(runFolder) && !_coordinator.HasExited)
            {
                output.WriteLine("coordinator: kill, resume");
                _coordinator.Send(Signal.Kill);
                await _coordinator.EndAsync();
                await _coordinator.DisposeAsync();
                _coordinator = resume();
            }
        }

        return done;
    }

    private async Task DoAsync(PlannedFault planned)
    {
        output.WriteLine($"{planned}");
        if (planned.Victim < Guests)
        {
            await DisturbGuestAsync(planned.Victim, planned.Fault);
            return;
        }

        int[] local = _coordinator!.Children();
        if (local.Length > 0)
        {
            Disturb(local[planned.Victim % local.Length], planned.Fault);
        }
    }

    private async Task DisturbGuestAsync(int guest, Fault fault)
    {
        RunningProgram program = _guests[guest]!;
        Disturb(program.Id, fault);
        if (fault is Fault.Kill or Fault.Leave)
        {
            await program.EndAsync();
        }

        if (program.HasExited)
        {
            await program.DisposeAsync();
            _guests[guest] = StartGuest(guest);
        }
    }

    private void Disturb(int process, Fault fault)
    {
        switch (fault)
        {
            case Fault.Kill:
                SendTo(process, Signal.Kill);
                break;
            case Fault.Leave:
                SendTo(process, Signal.Continue);
                SendTo(process, Signal.Terminate);
                break;
            default:
                SendTo(process, Signal.Stop);
                _later.Add(ContinueAsync(process, TimeSpan.FromSeconds(fault == Fault.Hang ? 3.5 : 0.5)));
                break;
        }
    }

    private static async Task ContinueAsync(int process, TimeSpan pause)
    {
        await Task.Delay(pause);
        SendTo(process, Signal.Continue);
    }

    private RunningProgram StartGuest(int guest) => StartWorker("--coordinator", $"127.0.0.1:{_port}", "--name", $"guest-{guest}");

    private static bool HasCheckpoint(string runFolder) =>
        Directory.Exists(Path.Combine(runFolder, "checkpoints")) && Directory.EnumerateFiles(Path.Combine(runFolder, "checkpoints"), "*.safetensors").Any();

    private static int Number(string variable, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out int number) ? number : fallback;
}
