using Distributed.Coordinator.Storage;
using Distributed.Coordinator.TensorBoard;
using Distributed.Coordinator.TensorBoard.Messages;

namespace Distributed.EndToEnd;

/// <summary>A stopped and resumed run shows TensorBoard the same series as one that went through.</summary>
public sealed class TensorBoardTests : IDisposable
{
    private const int Epochs = 60;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task NoSeriesGoesBackOrDoublesAfterAResume()
    {
        string whole = _folder.NewRun();
        Result expected = await Trainer.RunAsync([.. Arguments(), "--run-dir", whole], CancellationToken.None);
        Assert.Equal(0, expected.ExitCode);

        string run = _folder.NewRun();
        Result result = await Trainer.RunAsync([.. Arguments(), "--run-dir", run], new CancellationToken(canceled: true));
        int stops = 0;
        while (result.ExitCode == 130)
        {
            using var later = new CancellationTokenSource(TimeSpan.FromMilliseconds(stops < 5 ? 10 * stops : 60_000));
            result = await Trainer.RunAsync(["--resume", run, "--workers", $"{1 + (stops++ % 3)}"], later.Token);
        }

        Assert.Equal(expected.Digest, result.Digest);
        Assert.True(stops >= 2, $"only {stops} stops");
        AssertSame(Series(whole), Series(run));
    }

    [Fact]
    public async Task WithoutTheOptionNothingIsWritten()
    {
        string run = _folder.NewRun();
        Assert.Equal(0, (await Trainer.RunAsync([.. Arguments()[..^1], "--run-dir", run], CancellationToken.None)).ExitCode);
        Assert.Empty(EventFileName.List(new FolderRunStore(run), ""));
    }

    private string[] Arguments()
    {
        string train = SmallData.Write(_folder, "train.csv", samples: 611, seed: 1);
        return
        [
            "--data", train, "--hidden", "37", "--epochs", $"{Epochs}", "--batch-size", "30", "--validation-split", "0.1", "--workers", "2",
            "--tensorboard",
        ];
    }

    /// <summary>What does not depend on the clock or the number of workers must be the same; all of it must go forward.</summary>
    private static void AssertSame(Dictionary<string, List<Point>> whole, Dictionary<string, List<Point>> resumed)
    {
        Assert.Contains("loss/minibatch", whole.Keys);
        Assert.Contains("loss/train", whole.Keys);
        Assert.Contains("accuracy/validation", whole.Keys);
        Assert.Equal(Epochs + 1, whole["weights/W1"].Count);
        Assert.Equal(Epochs, whole["gradients/W1"].Count);
        Assert.Equal(whole.Keys.Order(), resumed.Keys.Order());
        foreach ((string tag, List<Point> points) in whole)
        {
            bool isDetermined = !tag.EndsWith("per_second", StringComparison.Ordinal) && !tag.EndsWith("workers", StringComparison.Ordinal);
            IEnumerable<Point> found = resumed[tag];
            Assert.Equal(points.Select(point => point.Step), found.Select(point => point.Step));
            Assert.True(!isDetermined || points.SequenceEqual(found), tag);
        }
    }

    private static Dictionary<string, List<Point>> Series(string run)
    {
        var series = new Dictionary<string, List<Point>>();
        foreach (string path in Directory.EnumerateFiles(run, "events.out.tfevents.*").Order(StringComparer.Ordinal))
        {
            using FileStream stream = File.OpenRead(path);
            while (EventRecord.TryRead(stream) is Event message)
            {
                foreach (Summary.Types.Value value in message.Summary?.Value ?? [])
                {
                    series.TryAdd(value.Tag, []);
                    series[value.Tag].Add(new Point(message.Step, value.SimpleValue, value.Histo));
                }
            }
        }

        return series;
    }

    private sealed record Point(long Step, float Value, HistogramProto? Histogram);
}
