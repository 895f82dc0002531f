using static Distributed.EndToEnd.Processes.RunningProgram;

namespace Distributed.EndToEnd.Processes;

/// <summary>Two coordinators and one run: never do both write it, and the one that has lost it says so.</summary>
public sealed class FencingTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ACoordinatorThatWakesUpAfterItsSuccessorHasBegunEndsWithoutAWrite()
    {
        RequireLinux();
        var run = new LongRun(_folder, epochs: 400);
        string directory = _folder.NewRun();
        await using RunningProgram old = StartCoordinator([.. run.Arguments, "--workers", "1", "--run-dir", directory]);
        await WaitForCheckpointAsync(directory);
        old.Send(Signal.Stop);
        await using RunningProgram successor = StartCoordinator("--resume", directory, "--workers", "1");
        await successor.SaysAsync("took over from process " + old.Id);
        old.Send(Signal.Continue);
        Result lost = await old.EndAsync();
        Assert.Equal(1, lost.ExitCode);
        Assert.Contains($"Another coordinator has taken over {directory}: process {successor.Id} on ", lost.Error);
        Assert.DoesNotContain("could not be written", lost.Error);
        Assert.DoesNotContain("weights digest", lost.Output);
        Result result = await successor.EndWellAsync();
        Assert.Equal(await run.DigestAsync(), result.Digest);
        AssertEveryEpochOnce(directory, 400);
    }

    [Fact]
    public async Task ARunThatIsBeingTrainedIsLeftToItsCoordinator()
    {
        RequireLinux();
        var run = new LongRun(_folder, epochs: 1500);
        string directory = _folder.NewRun();
        await using RunningProgram first = StartCoordinator([.. run.Arguments, "--workers", "1", "--run-dir", directory]);
        await WaitForCheckpointAsync(directory);
        await using RunningProgram second = StartCoordinator("--resume", directory, "--workers", "1");
        Result refused = await second.EndAsync();
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains($"is being trained by process {first.Id} on ", refused.Error);
        Assert.Equal(await run.DigestAsync(), (await first.EndWellAsync()).Digest);
    }

    /// <summary>No wait, no option: the process that is gone cannot come back.</summary>
    [Fact]
    public async Task AKilledCoordinatorsRunGoesOnAtOnce()
    {
        RequireLinux();
        var run = new LongRun(_folder, epochs: 200);
        string directory = _folder.NewRun();
        await using RunningProgram first = StartCoordinator([.. run.Arguments, "--workers", "1", "--run-dir", directory]);
        await WaitForCheckpointAsync(directory);
        first.Send(Signal.Kill);
        await first.EndAsync();
        await using RunningProgram second = StartCoordinator("--resume", directory, "--workers", "2");
        Result result = await second.EndWellAsync();
        Assert.Contains("its process does not exist any more", result.Error);
        Assert.Equal(await run.DigestAsync(), result.Digest);
        AssertEveryEpochOnce(directory, 200);
    }

    private static void AssertEveryEpochOnce(string directory, int epochs)
    {
        IEnumerable<string> lines = File.ReadLines(Path.Combine(directory, "metrics.jsonl"))
            .Where(line => line.Contains("\"type\":\"epoch\"", StringComparison.Ordinal));
        Assert.Equal(
            Enumerable.Range(1, epochs),
            lines.Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("epoch").GetInt32()));
    }
}
