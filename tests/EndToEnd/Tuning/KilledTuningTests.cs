using Distributed.EndToEnd.Processes;

namespace Distributed.EndToEnd.Tuning;

/// <summary>A tuning that is killed at any time, again and again, ends with the table of one that was not.</summary>
public sealed class KilledTuningTests : IDisposable
{
    /// <summary>The results that the ledger has when the program is killed. There are eight: six trials, and two that go on.</summary>
    private static readonly int[] KillAfter = [0, 1, 3, 5, 6, 7];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task KilledAndResumedItEndsWithTheSameBytes()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("processes are killed by signals, which only Linux has here");
        }

        string[] tune =
        [
            "tune", "--data", SmallData.Write(_folder, "train.csv", samples: 611, seed: 1), "--grid", "learning-rate=0.001,0.01,0.05",
            "--grid", "hidden=19;37,11", "--optimizer", "adam", "--schedule", "cosine", "--epochs", "450", "--batch-size", "30", "--halving",
        ];
        Result expected = await Trainer.RunAsync([.. tune, "--tune-dir", _folder.File("whole")], CancellationToken.None);
        Assert.True(expected.ExitCode == 0, expected.Error);

        int killed = 0;
        string[] line = [.. tune, "--tune-dir", _folder.File("killed")];
        foreach (int results in KillAfter)
        {
            await using RunningProgram program = RunningProgram.StartCoordinator(line);
            line = ["tune", "--resume", _folder.File("killed")];
            await program.SaysAsync("tuning folder");
            while (Results() < results && !program.HasExited)
            {
                await Task.Delay(1);
            }

            program.Send(RunningProgram.Signal.Kill);
            killed += (await program.EndAsync()).ExitCode == 0 ? 0 : 1;
        }

        Assert.True(killed > 2, $"it was killed {killed} times only: give it more epochs");
        await using RunningProgram last = RunningProgram.StartCoordinator(line);
        Result resumed = await last.EndWellAsync();
        Assert.Equal(File.ReadAllText(_folder.File("whole/tuning.csv")), File.ReadAllText(_folder.File("killed/tuning.csv")));
        Assert.Equal(File.ReadAllText(_folder.File("whole/tuning.svg")), File.ReadAllText(_folder.File("killed/tuning.svg")));
        Assert.Equal(expected.Digest, resumed.Digest);
    }

    private int Results()
    {
        string ledger = _folder.File("killed/ledger.jsonl");
        return File.Exists(ledger) ? File.ReadAllBytes(ledger).Count(letter => letter == '\n') : 0;
    }
}
