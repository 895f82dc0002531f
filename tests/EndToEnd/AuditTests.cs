using Distributed.EndToEnd.Processes;

namespace Distributed.EndToEnd;

/// <summary>Computing twice and comparing changes who computes what, and not one bit.</summary>
public sealed class AuditTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1", "0.2")]
    [InlineData("2", "1")]
    [InlineData("3", "0.5")]
    public async Task AnAuditedRunEndsWithTheSameBits(string workers, string fraction)
    {
        string train = SmallData.Write(_folder, "train.csv", samples: 211, seed: 1);
        string test = SmallData.Write(_folder, "test.csv", samples: 37, seed: 2);
        string[] arguments = ["--data", train, "--test-data", test, "--hidden", "11", "--batch-size", "30", "--epochs", "2"];
        string expected = (await Trainer.TrainAsync(_folder, [.. arguments, "--workers", "1"])).Digest;
        Assert.Equal(expected, (await Trainer.TrainAsync(_folder, [.. arguments, "--workers", workers, "--audit", fraction])).Digest);
    }

    [Fact]
    public async Task SoDoProcesses()
    {
        var run = new LongRun(_folder, epochs: 2);
        await using RunningProgram coordinator = RunningProgram.StartCoordinator(
            [.. run.Arguments, "--workers", "3", "--audit", "1", "--run-dir", _folder.NewRun()]);
        Assert.Equal(await run.DigestAsync(), (await coordinator.EndWellAsync()).Digest);
    }
}
