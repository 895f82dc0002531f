using Distributed.Coordinator.Charts;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Terminal;
using Distributed.Coordinator.Tuning;

namespace Distributed.Coordinator.Tests.Tuning;

/// <summary>The result as people and programs read it.</summary>
public sealed class TuningTableTests
{
    private readonly TuningProgress _progress = new(SamplePlans.Of(["optimizer=sgd,momentum", "momentum=0.5", "hidden=64,32;8"], epochs: 2));

    public TuningTableTests()
    {
        foreach ((int trial, double accuracy) in (ReadOnlySpan<(int, double)>)[(1, 0.25), (2, 1 / 3.0), (3, 0.5)])
        {
            _progress.Record(new TrialResult
            {
                Trial = trial,
                Rung = 1,
                Epochs = 2,
                ValidationAccuracy = accuracy,
                ValidationLoss = 1 - accuracy,
                IsComplete = true,
                WeightsDigest = $"{trial:x64}",
            });
        }

        _progress.Record(new TrialResult { Trial = 4, Rung = 1, Epochs = 1, Failure = "a \"bad\" gradient, step 3" });
    }

    [Fact]
    public void The_csv_quotes_what_it_must_and_its_numbers_are_exact() => Assert.Equal(
        $"""
        rank,trial,optimizer,momentum,hidden,epochs,validation_accuracy,validation_loss,outcome,weights_digest
        1,3,momentum,0.5,"64,32",2,0.5,0.5,finished,{3:x64}
        2,2,sgd,,8,2,0.3333333333333333,0.6666666666666667,finished,{2:x64}
        3,1,sgd,,"64,32",2,0.25,0.75,finished,{1:x64}
        4,4,momentum,0.5,8,1,,,failed in epoch 2,

        """.ReplaceLineEndings("\n"),
        TuningTable.Csv(_progress.Plan.Axes, _progress.Standings()));

    [Theory]
    [InlineData(int.MaxValue, 64)]
    [InlineData(80, 12)]
    public void The_text_shortens_digests_where_a_line_would_wrap(int width, int digits)
    {
        string[] lines = [.. TuningText.Lines(_progress.Plan.Axes, _progress.Standings(), width)];
        Assert.Equal(6, lines.Length);
        Assert.EndsWith("finished  " + $"{3:x64}"[..digits], lines[1]);
        Assert.Equal("trial 4 failed in epoch 2: a \"bad\" gradient, step 3", lines[5]);
    }

    [Fact]
    public void The_chart_has_the_best_trials_by_epoch_and_the_values_of_each_axis()
    {
        EpochMetrics[] epochs = [Epoch(1, 0.125), Epoch(2, 0.5)];
        var chart = new TuningChart(_progress.Plan, _progress.Standings(), _ => epochs);
        Assert.Equal(["trial 3", "trial 2", "trial 1", "trial 4"], chart.Curves().Series.Select(series => series.Name));
        LineChart byHidden = chart.ByValue(_progress.Plan.Axes[2]);
        Assert.Equal(["64,32", "8"], byHidden.XNames!);
        Assert.Equal([new ChartPoint(1, 0.5), new(2, 1 / 3.0)], byHidden.Series[0].Points);
        Assert.Equal([new ChartPoint(1, 0.25), new(2, 1 / 3.0)], byHidden.Series[1].Points);
        string svg = chart.RenderFile();
        Assert.Equal(svg, chart.RenderFile());
        Assert.Contains(">64,32</text>", svg);
        Assert.Contains("hidden 64,32: best 50.00 %", svg);
    }

    private static EpochMetrics Epoch(int epoch, double accuracy) => new()
    {
        Epoch = epoch, Step = epoch, TrainLoss = 1, TrainAccuracy = 0.5, ValidationAccuracy = accuracy, ValidationLoss = 1,
        LearningRate = 0.1f, Seconds = 1, SamplesPerSecond = 1, Workers = 1,
    };
}
