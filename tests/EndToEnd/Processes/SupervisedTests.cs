using System.Diagnostics;
using static Distributed.EndToEnd.Processes.RunningProgram;

namespace Distributed.EndToEnd.Processes;

/// <summary>A supervisor that starts the same command line again and again: the run ends once, with the same bytes.</summary>
public sealed class SupervisedTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheSameCommandLineGoesOnAfterEveryKillAndThenOnlyReports()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("the coordinator is killed by a signal that only Linux is sure to have");
        }

        var run = new LongRun(_folder, epochs: 400);
        string folder = _folder.NewRun();
        string[] line = [.. run.Arguments, "--workers", "2", "--run-dir", folder, "--resume-if-exists"];
        await KillOnceAsync(line, () => File.Exists(Path.Combine(folder, "run.json")));
        await KillOnceAsync(line, () => Directory.Exists(Path.Combine(folder, "checkpoints"))
            && Directory.EnumerateFiles(Path.Combine(folder, "checkpoints"), "*.safetensors").Any());
        await using RunningProgram last = StartCoordinator(line);
        await last.SaysAsync("resumed at step");
        Result ended = await last.EndWellAsync();
        Assert.Equal(await run.DigestAsync(), ended.Digest);

        Dictionary<string, DateTime> files = Directory.EnumerateFiles(folder).ToDictionary(path => path, File.GetLastWriteTimeUtc);
        await using RunningProgram again = StartCoordinator(line);
        Result reported = await again.EndWellAsync();
        Assert.Equal(ended.Output, reported.Output);
        Assert.Contains("is complete", reported.Error);
        Assert.Equal(files, Directory.EnumerateFiles(folder).ToDictionary(path => path, File.GetLastWriteTimeUtc));
    }

    [Fact]
    public async Task ARunWithoutACheckpointBeginsAgain()
    {
        var run = new LongRun(_folder, epochs: 3);
        string folder = _folder.NewRun();
        string[] line = [.. run.Arguments, "--workers", "2", "--run-dir", folder, "--resume-if-exists"];
        Assert.Equal(0, (await Trainer.RunAsync(line, CancellationToken.None)).ExitCode);
        Directory.Delete(Path.Combine(folder, "checkpoints"), recursive: true);
        File.Delete(Path.Combine(folder, "model.safetensors"));
        Result result = await Trainer.RunAsync(line, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("begins again", result.Error);
        Assert.Equal(await run.DigestAsync(), result.Digest);
        Assert.Equal(3, File.ReadLines(Path.Combine(folder, "metrics.jsonl")).Count(record => record.Contains("\"type\":\"epoch\"")));
    }

    [Fact]
    public async Task AnEarlyStopIsCompleteToo()
    {
        var run = new LongRun(_folder, epochs: 200);
        string folder = _folder.NewRun();
        string[] line = [.. run.Arguments, "--early-stopping", "2", "--workers", "2", "--run-dir", folder, "--resume-if-exists"];
        Result first = await Trainer.RunAsync(line, CancellationToken.None);
        Assert.DoesNotContain("epoch 200/200", first.Error);
        Result second = await Trainer.RunAsync(line, CancellationToken.None);
        Assert.Contains("is complete", second.Error);
        Assert.Equal(first.Output, second.Output);
    }

    private static async Task KillOnceAsync(string[] line, Func<bool> condition)
    {
        await using RunningProgram coordinator = StartCoordinator(line);
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(!coordinator.HasExited && Stopwatch.GetElapsedTime(start) < Patience, $"it never happened:\n{coordinator.Error}");
            await Task.Delay(5);
        }

        coordinator.Send(Signal.Kill);
        Assert.NotEqual(0, (await coordinator.EndAsync()).ExitCode);
    }
}
