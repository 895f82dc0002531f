using System.Text.RegularExpressions;

namespace Distributed.EndToEnd.Tuning;

/// <summary>
/// A tuning's result is the same bytes however many trials run at once, wherever it was stopped, and whether a trial was trained in one go or rung by
/// rung; and the command that it prints trains the same weights.
/// </summary>
public sealed partial class TuningTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A cosine schedule shows whether a rung's early end moves the horizon, Adam whether its moments go on.</summary>
    [Theory]
    [InlineData("--optimizer adam --schedule cosine --warmup 0.1 --dropout 0.2")]
    [InlineData("--optimizer momentum --early-stopping 2")]
    public async Task HalvingGoesOnFromCheckpointsToTheBitsOfAnUninterruptedRun(string recipe)
    {
        string[] arguments = [.. Grid, .. recipe.Split(' ')];
        Result whole = await TuneAsync("whole", [.. arguments, "--parallel", "1", "--workers", "1"]);
        Result halved = await TuneAsync("halved", [.. arguments, "--halving", "2"]);
        Dictionary<string, string> wholeDigests = Digests("whole");
        Assert.Equal(6, wholeDigests.Count);
        (string Trial, string Digest)[] finished = [.. Rows("halved").Where(row => row.Contains(",finished,")).Select(TrialAndDigest)];
        Assert.NotEmpty(finished);
        Assert.All(finished, trial => Assert.Equal(wholeDigests[trial.Trial], trial.Digest));
        Assert.Contains(Rows("halved"), row => row.Contains("stopped after"));
        Assert.Equal(finished[0].Digest, halved.Digest);
        await AssertPrintedCommandTrainsTheSame(whole);
        await AssertPrintedCommandTrainsTheSame(halved);
    }

    [Fact]
    public async Task TrialsAtOnceAndWorkersChangeNothing()
    {
        Result expected = await TuneAsync("expected", [.. Grid, "--halving", "--parallel", "1", "--workers", "1"]);
        foreach (string share in (string[])["--parallel 6 --workers 1", "--parallel 2 --workers 3"])
        {
            string name = share.Replace(" ", "");
            Result result = await TuneAsync(name, [.. Grid, "--halving", .. share.Split(' ')]);
            Assert.Equal(Csv("expected"), Csv(name));
            Assert.Equal(Svg("expected"), Svg(name));
            Assert.Equal(expected.Output.Replace("expected", name), result.Output);
        }
    }

    [Fact]
    public async Task ATrialThatDivergesComesLastAndStopsNothing()
    {
        string[] grid = ["tune", .. Data, "--grid", "learning-rate=1e30,0.01", "--epochs", "2", "--optimizer", "sgd"];
        Result result = await TuneAsync("diverging", grid);
        Assert.EndsWith(",0,,,failed in epoch 1,", Rows("diverging")[1]);
        Assert.Contains("trial 1 failed in epoch 1: step ", result.Output);
        await AssertPrintedCommandTrainsTheSame(result);
    }

    /// <summary>Validation ranks; the test samples are for the winner alone.</summary>
    [Fact]
    public async Task NoTrialSeesTheTestSamples()
    {
        Result result = await TuneAsync("blind", [.. Grid, "--random", "2"]);
        Assert.Single(result.Output.Split('\n'), line => line.StartsWith("test accuracy ", StringComparison.Ordinal));
        foreach (string metrics in Directory.GetFiles(_folder.File("blind"), "metrics.jsonl", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(metrics);
            Assert.Contains("validation_accuracy", text);
            Assert.DoesNotContain("test_", text);
        }
    }

    [Fact]
    public async Task CtrlCSavesEveryTrialAndResumeEndsWithTheSameTable()
    {
        Result expected = await TuneAsync("expected", [.. Grid, "--halving"]);
        using var interrupt = new CancellationTokenSource();
        Task<Result> running = Trainer.RunAsync([.. Grid, "--halving", "--tune-dir", _folder.File("stopped")], interrupt.Token);
        while (!File.Exists(_folder.File("stopped/ledger.jsonl")))
        {
            await Task.Delay(1);
        }

        await interrupt.CancelAsync();
        Result stopped = await running;
        Assert.Equal(130, stopped.ExitCode);
        Assert.EndsWith($"this goes on where it was:\n  coordinator tune --resume {_folder.File("stopped")}\n", stopped.Error);
        Assert.False(File.Exists(_folder.File("stopped/tuning.csv")));
        Result resumed = await Trainer.RunAsync(["tune", "--resume", _folder.File("stopped")], CancellationToken.None);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Equal(Csv("expected"), Csv("stopped"));
        Assert.Equal(expected.Output.Replace("expected", "stopped"), resumed.Output);
    }

    private IReadOnlyList<string> Data =>
    [
        "--data", SmallData.Write(_folder, "train.csv", samples: 611, seed: 1),
        "--test-data", SmallData.Write(_folder, "test.csv", samples: 97, seed: 2),
        "--batch-size", "30",
    ];

    private IReadOnlyList<string> Grid =>
        ["tune", .. Data, "--grid", "learning-rate=0.001,0.01,0.05", "--grid", "hidden=19;37,11", "--epochs", "8"];

    private async Task<Result> TuneAsync(string name, string[] arguments)
    {
        Result result = await Trainer.RunAsync([.. arguments, "--tune-dir", _folder.File(name)], CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }

    private async Task AssertPrintedCommandTrainsTheSame(Result tuning)
    {
        string command = tuning.Output.Split('\n').Single(line => line.StartsWith("  coordinator ", StringComparison.Ordinal));
        Result trained = await Trainer.TrainAsync(_folder, [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..], "--workers", "3"]);
        Assert.Equal((tuning.Digest, tuning.TestAccuracy), (trained.Digest, trained.TestAccuracy));
    }

    private string Csv(string name) => File.ReadAllText(_folder.File($"{name}/tuning.csv"));

    private string Svg(string name) => File.ReadAllText(_folder.File($"{name}/tuning.svg"));

    private string[] Rows(string name) => Csv(name).TrimEnd().Split('\n')[1..];

    private Dictionary<string, string> Digests(string name) => Rows(name).Select(TrialAndDigest).ToDictionary(row => row.Trial, row => row.Digest);

    private static (string Trial, string Digest) TrialAndDigest(string row)
    {
        Match match = Row().Match(row);
        Assert.True(match.Success, row);
        return (match.Groups["trial"].Value, match.Groups["digest"].Value);
    }

    [GeneratedRegex("^[0-9]+,(?<trial>[0-9]+),.*,(?<digest>[0-9a-f]{64})$")]
    private static partial Regex Row();
}
