using System.Text.Json;

namespace Distributed.EndToEnd;

/// <summary>
/// Every feature of training keeps the guarantee: it changes the weights, and gives the same ones however many workers compute them and however
/// often the run is stopped.
/// </summary>
public sealed class TrainingFeatureTests : IDisposable
{
    /// <summary>550 training samples in minibatches of 30.</summary>
    private const int StepsPerEpoch = 19;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sgd", "--schedule step:2:0.5")]
    [InlineData("adam", "--schedule exponential:0.8")]
    [InlineData("momentum", "--schedule cosine --warmup 0.1")]
    [InlineData("sgd", "--schedule linear:0.1 --warmup 17")]
    [InlineData("momentum", "--clip-norm 0.1")]
    [InlineData("adam", "--label-smoothing 0.1")]
    [InlineData("adamw", "--weight-decay 0.3 --clip-norm 0.2 --schedule cosine")]
    public async Task ChangesTheWeightsAndKeepsTheGuarantee(string optimizer, string feature)
    {
        string[] plain = Arguments(optimizer);
        string[] arguments = [.. plain, .. feature.Split(' ')];
        string expected = (await Trainer.TrainAsync(_folder, [.. arguments, "--workers", "1"])).Digest;
        Assert.NotEqual(expected, (await Trainer.TrainAsync(_folder, [.. plain, "--workers", "2"])).Digest);
        foreach (string workers in new[] { "2", "3" })
        {
            Assert.Equal(expected, (await Trainer.TrainAsync(_folder, [.. arguments, "--workers", workers])).Digest);
        }

        Assert.Equal(expected, await StoppedAndResumed(arguments));
    }

    /// <summary>
    /// A rate so high that the loss soon rises: the run ends early, with the weights, the model and the test accuracy of its best epoch, and so does
    /// the run resumed before or after that epoch.
    /// </summary>
    [Theory]
    [InlineData("adam", "loss")]
    [InlineData("adamw", "accuracy")]
    public async Task EarlyStoppingEndsWithTheBestWeightsAndKeepsTheGuarantee(string optimizer, string metric)
    {
        string[] plain = [.. Arguments(optimizer).Select(argument => argument == "0.01" ? "0.05" : argument)];
        string[] arguments = [.. plain, "--early-stopping", "2", "--early-stopping-metric", metric];
        arguments[Array.IndexOf(arguments, "--epochs") + 1] = "40";
        string run = _folder.NewRun();
        Result first = await Trainer.RunAsync([.. arguments, "--run-dir", run, "--workers", "1"], CancellationToken.None);
        Assert.True(first.ExitCode == 0, first.Error);
        JsonElement[] epochs = Epochs(run);
        double[] values = [.. epochs.Select(epoch => epoch.GetProperty($"validation_{metric}").GetDouble())];
        int best = Array.IndexOf(values, metric == "loss" ? values.Min() : values.Max());
        Assert.True(values.Length < 40);
        Assert.Equal(values.Length, best + 3);
        Assert.Equal(epochs[best].GetProperty("test_accuracy").GetDouble(), first.TestAccuracy, 5e-5);
        string report = await File.ReadAllTextAsync(Path.Combine(run, "report.html"));
        Assert.Contains($"{values.Length} epochs, number {best + 1} is the result", report);

        plain[Array.IndexOf(plain, "--epochs") + 1] = $"{best + 1}";
        Assert.Equal(first.Digest, (await Trainer.TrainAsync(_folder, [.. plain, "--workers", "2"])).Digest);
        Assert.Equal(first.Digest, (await Trainer.TrainAsync(_folder, [.. arguments, "--workers", "3"])).Digest);
        Assert.Equal(first.Digest, await StoppedAndResumed(arguments, secondStop: ((best + 1) * StepsPerEpoch) - 5));
        Result again = await Trainer.RunAsync(["--resume", run, "--workers", "2"], CancellationToken.None);
        Assert.Equal((first.Digest, first.TestAccuracy), (again.Digest, again.TestAccuracy));
    }

    /// <summary>What an epoch's record says of each class is what evaluate counts, for every number of workers.</summary>
    [Fact]
    public async Task EveryEpochHasTheAccuracyOfEachClass()
    {
        string[] arguments = Arguments("sgd");
        string run = _folder.NewRun();
        Result trained = await Trainer.RunAsync([.. arguments, "--run-dir", run, "--workers", "2"], CancellationToken.None);
        Assert.True(trained.ExitCode == 0, trained.Error);
        Result evaluated = await Trainer.RunAsync(["evaluate", run, "--json"], CancellationToken.None);
        JsonElement[] classes = [.. JsonDocument.Parse(evaluated.Output).RootElement.GetProperty("classes").EnumerateArray()];
        JsonElement last = Epochs(run)[^1];
        double[] accuracies = [.. last.GetProperty("test_class_accuracy").EnumerateArray().Select(value => value.GetDouble())];
        Assert.Equal(classes.Select(row => row.GetProperty("recall").GetDouble()), accuracies);
        Assert.True(accuracies.Distinct().Count() > 1);
        Assert.Equal(SmallData.Classes, last.GetProperty("validation_class_accuracy").GetArrayLength());

        string other = _folder.NewRun();
        await Trainer.RunAsync([.. arguments, "--run-dir", other, "--workers", "3"], CancellationToken.None);
        Assert.Equal(Epochs(run).Select(ByClass), Epochs(other).Select(ByClass));
    }

    private static string ByClass(JsonElement epoch) =>
        epoch.GetProperty("validation_class_accuracy").GetRawText() + epoch.GetProperty("test_class_accuracy").GetRawText();

    private static JsonElement[] Epochs(string run) =>
    [
        .. File.ReadLines(Path.Combine(run, "metrics.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(record => record.GetProperty("type").GetString() == "epoch"),
    ];

    /// <summary>The digest of a run that is stopped in two places, and goes on with another number of workers each time.</summary>
    private async Task<string> StoppedAndResumed(string[] arguments, int secondStop = 60)
    {
        string run = _folder.NewRun();
        Result result = await Trainer.RunAndInterruptAsync([.. arguments, "--run-dir", run, "--workers", "3"], steps: 7);
        Assert.Equal(130, result.ExitCode);
        result = await Trainer.RunAndInterruptAsync(["--resume", run, "--workers", "1"], steps: secondStop);
        Assert.Equal(130, result.ExitCode);
        result = await Trainer.RunAsync(["--resume", run, "--workers", "2"], CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Digest;
    }

    private string[] Arguments(string optimizer)
    {
        string train = SmallData.Write(_folder, "train.csv", samples: 611, seed: 1);
        string test = SmallData.Write(_folder, "test.csv", samples: 97, seed: 2);
        return
        [
            "--data", train, "--test-data", test, "--hidden", "37,19", "--optimizer", optimizer, "--learning-rate", "0.01",
            "--batch-size", "30", "--epochs", "9", "--validation-split", "0.1",
        ];
    }
}
