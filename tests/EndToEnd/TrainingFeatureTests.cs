namespace Distributed.EndToEnd;

/// <summary>
/// Every feature of training keeps the guarantee: it changes the weights, and gives the same ones however many workers compute them and however
/// often the run is stopped.
/// </summary>
public sealed class TrainingFeatureTests : IDisposable
{
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

    /// <summary>The digest of a run that is stopped in two places, and goes on with another number of workers each time.</summary>
    private async Task<string> StoppedAndResumed(string[] arguments)
    {
        string run = _folder.NewRun();
        Result result = await Trainer.RunAndInterruptAsync([.. arguments, "--run-dir", run, "--workers", "3"], steps: 7);
        Assert.Equal(130, result.ExitCode);
        result = await Trainer.RunAndInterruptAsync(["--resume", run, "--workers", "1"], steps: 60);
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
