namespace Distributed.EndToEnd;

/// <summary>The guarantee: the same weights, byte for byte, however many workers compute them and however often the run is stopped.</summary>
public sealed class DigestTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sgd", "relu", "0")]
    [InlineData("momentum", "tanh", "0.4")]
    [InlineData("adam", "sigmoid", "0.2")]
    public async Task TheNumberOfWorkersDoesNotChangeABit(string optimizer, string activation, string dropout)
    {
        string[] arguments = Arguments(optimizer, activation, dropout);
        string expected = (await Trainer.TrainAsync(_folder, [.. arguments, "--workers", "1"])).Digest;
        foreach (string workers in new[] { "2", "3", "4", "5", "8" })
        {
            Assert.Equal(expected, (await Trainer.TrainAsync(_folder, [.. arguments, "--workers", workers])).Digest);
        }

        Assert.NotEqual(expected, (await Trainer.TrainAsync(_folder, [.. arguments, "--workers", "2", "--seed", "43"])).Digest);
        Assert.NotEqual(expected, (await Trainer.TrainAsync(_folder, [.. arguments, "--workers", "2", "--microbatches", "4"])).Digest);
    }

    [Theory]
    [InlineData("sgd", "relu", "0.3")]
    [InlineData("momentum", "tanh", "0")]
    [InlineData("adam", "relu", "0.5")]
    public async Task AStoppedAndResumedRunEndsWithTheSameBits(string optimizer, string activation, string dropout)
    {
        string[] arguments = Arguments(optimizer, activation, dropout);
        string expected = (await Trainer.TrainAsync(_folder, [.. arguments, "--workers", "2"])).Digest;
        string run = _folder.NewRun();
        Result result = await Trainer.RunAndInterruptAsync([.. arguments, "--run-dir", run, "--workers", "3"], steps: 1);
        for (int resumes = 1; resumes <= 5; resumes++)
        {
            // Each time stopped somewhere else in the epoch, and resumed with another number of workers.
            Assert.Equal(130, result.ExitCode);
            Assert.Contains($"coordinator --resume {run}", result.Error);
            result = await Trainer.RunAndInterruptAsync(["--resume", run, "--workers", $"{resumes}"], steps: 5 * resumes);
        }

        Assert.Equal(130, result.ExitCode);
        result = await Trainer.RunAsync(["--resume", run, "--workers", "2"], CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(expected, result.Digest);
    }

    private string[] Arguments(string optimizer, string activation, string dropout)
    {
        string train = SmallData.Write(_folder, "train.csv", samples: 611, seed: 1);
        string test = SmallData.Write(_folder, "test.csv", samples: 97, seed: 2);
        return
        [
            "--data", train, "--test-data", test, "--hidden", "37,19", "--activation", activation, "--dropout", dropout,
            "--optimizer", optimizer, "--learning-rate", "0.01", "--batch-size", "30", "--epochs", "9", "--l2", "0.001", "--validation-split", "0.1",
        ];
    }
}
