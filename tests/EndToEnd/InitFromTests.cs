using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;

namespace Distributed.EndToEnd;

/// <summary>A run begins with weights made elsewhere, and is as reproducible as any other.</summary>
public sealed class InitFromTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ARunBeginsWithTheFilesWeights()
    {
        string first = _folder.NewRun();
        string digest = (await RunAsync("--run-dir", first)).Digest;
        string npz = _folder.File("weights.npz");
        Result exported = await Trainer.RunAsync(["export", first, "--output", npz], CancellationToken.None);
        Assert.Equal(digest, exported.Digest);

        string next = _folder.NewRun();
        Result result = await RunAsync("--run-dir", next, "--init-from", npz, "--seed", "7");
        Assert.Contains($"Initial weights from '{npz}' by this program's names: W1, W2, kept as they lie (in×out)", result.Error);
        Assert.Equal(digest, RunManifest.Read(new FolderRunStore(next)).InitialWeights?.Hex);
        Assert.NotEqual(digest, result.Digest);

        string[] others = [Path.Combine(first, "model.safetensors"), Directory.EnumerateFiles(Path.Combine(first, "checkpoints")).Max()!];
        foreach (string file in others)
        {
            Assert.Equal(result.Digest, (await RunAsync("--run-dir", _folder.NewRun(), "--init-from", file, "--seed", "7", "--workers", "3")).Digest);
        }

        Assert.NotEqual(result.Digest, (await RunAsync("--run-dir", _folder.NewRun(), "--seed", "7")).Digest);
    }

    [Fact]
    public async Task AStoppedRunGoesOnWithItsOwnWeights()
    {
        string first = _folder.NewRun();
        await RunAsync("--run-dir", first);
        string model = Path.Combine(first, "model.safetensors");
        string expected = (await RunAsync("--run-dir", _folder.NewRun(), "--init-from", model)).Digest;

        string run = _folder.NewRun();
        string[] arguments = [.. Arguments(), "--run-dir", run, "--init-from", model];
        Result stopped = await Trainer.RunAsync(arguments, new CancellationToken(canceled: true));
        Assert.True(stopped.ExitCode == 130, $"{stopped.ExitCode}: {stopped.Error}");
        Assert.Equal(expected, (await Trainer.RunAsync(["--resume", run], CancellationToken.None)).Digest);
    }

    [Fact]
    public async Task AFileThatDoesNotFitLeavesNoFolder()
    {
        string first = _folder.NewRun();
        await RunAsync("--run-dir", first);
        string run = _folder.NewRun();
        string model = Path.Combine(first, "model.safetensors");
        Result refused = await Trainer.RunAsync([.. Arguments(), "--hidden", "9", "--run-dir", run, "--init-from", model], CancellationToken.None);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("does not fit the network", refused.Error);
        Assert.False(Directory.Exists(run));
    }

    private string[] Arguments() => ["--data", SmallData.Write(_folder, "train.csv", samples: 200, seed: 1), "--epochs", "20", "--batch-size", "5"];

    private async Task<Result> RunAsync(params string[] arguments)
    {
        Result result = await Trainer.RunAsync([.. Arguments(), .. arguments], CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }
}
