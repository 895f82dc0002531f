using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;

namespace Distributed.EndToEnd;

/// <summary>
/// The recipes reach what their sources report, on the full MNIST. These bounds are other people's results, so they are bounds; between our own runs
/// equality is exact, see <see cref="MnistDigestTests"/>. Each run's figures are printed.
/// </summary>
public sealed class RecipeTests(ITestOutputHelper log) : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ScratchMlp()
    {
        double[] reported = [0.8857, 0.9393, 0.9540, 0.9621, 0.9681];
        (Result result, EpochMetrics[] epochs) = await TrainAsync("scratch-mlp");
        Assert.Equal(reported.Length, epochs.Length);
        for (int i = 0; i < reported.Length; i++)
        {
            double accuracy = epochs[i].TrainAccuracy;
            Assert.True(Math.Abs(accuracy - reported[i]) <= 0.006, $"epoch {i + 1}: train accuracy {accuracy}, reported {reported[i]}");
        }

        Assert.True(result.TestAccuracy >= 0.963, $"test accuracy {result.TestAccuracy}");
    }

    [Fact]
    public async Task SoftmaxRegression()
    {
        (Result result, _) = await TrainAsync("softmax-regression");
        Assert.True(result.TestAccuracy >= 0.9130, $"test accuracy {result.TestAccuracy}");
    }

    [Fact]
    public async Task AdamMlp()
    {
        (Result result, EpochMetrics[] epochs) = await TrainAsync("adam-mlp");
        Assert.True(result.TestAccuracy >= 0.972, $"test accuracy {result.TestAccuracy}");
        Assert.All(epochs, epoch => Assert.NotNull(epoch.ValidationAccuracy));
    }

    /// <summary>The mean over seeds 1 to 5, on the samples held out.</summary>
    [Fact]
    public async Task KaggleTwoLayer()
    {
        double sum = 0;
        for (int seed = 1; seed <= 5; seed++)
        {
            (_, EpochMetrics[] epochs) = await TrainAsync("kaggle-two-layer", "--seed", $"{seed}");
            Assert.Equal(500, epochs.Length);
            sum += epochs[^1].ValidationAccuracy!.Value;
        }

        Assert.True(sum / 5 >= 0.83, $"mean accuracy on the samples held out {sum / 5}");
    }

    /// <summary>The first 20 of its 57 epochs; the README has the command and the result of all of them.</summary>
    [Fact]
    public async Task DropoutMlp()
    {
        (_, EpochMetrics[] epochs) = await TrainAsync("dropout-mlp", "--epochs", "20");
        foreach ((int epoch, double reported) in new[] { (1, 1.176), (10, 0.265), (20, 0.193) })
        {
            double loss = epochs[epoch - 1].TestLoss!.Value;
            Assert.True(loss <= reported, $"epoch {epoch}: test loss {loss}, reported {reported}");
        }
    }

    private async Task<(Result Result, EpochMetrics[] Epochs)> TrainAsync(string recipe, params string[] more)
    {
        string run = _folder.NewRun();
        Result result = await Trainer.RunAsync(["--recipe", recipe, "--run-dir", run, "--workers", "2", .. more], CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.Error);
        EpochMetrics[] epochs = MetricsHistory.Read(new FolderRunStore(run)).Epochs.ToArray();
        EpochMetrics last = epochs[^1];
        log.WriteLine($"{recipe} {string.Join(' ', more)}: epoch {last.Epoch}, train loss {last.TrainLoss:F4}, train accuracy {last.TrainAccuracy:F4}, "
            + $"validation accuracy {last.ValidationAccuracy:F4}, test loss {last.TestLoss:F4}, test accuracy {last.TestAccuracy:F4}");
        return (result, epochs);
    }
}
