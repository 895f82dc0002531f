using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Terminal;

namespace Distributed.Coordinator.Tests.Terminal;

/// <summary>What a person sees on a terminal, by the screen that the escape codes paint.</summary>
public sealed class LiveDisplayTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public async Task On_a_wide_terminal_epochs_stay_above_and_the_region_is_gone_at_the_end()
    {
        var screen = new FakeScreen(120);
        await using (ITrainingDisplay display = Display(screen))
        {
            TrainingStory.Tell(display, _time);
            Assert.Equal(6, screen.Lines.Count);
            Assert.StartsWith("epoch 2/2 ━━━", screen.Lines[5]);
            Assert.EndsWith(" 1875/1875  loss 0.2500  accuracy 0.9375  131k samples/s  0:00 left", screen.Lines[5]);
        }

        Assert.Equal(
            [
                "scratch-mlp: 784-128-10 (101,770 parameters), 60,000 training + 10,000 test samples, 4 workers",
                "run folder runs/scratch-mlp-1",
                "epoch 1/2  train loss 0.4188 accuracy 0.8857  test loss 0.2312 accuracy 0.9330  1.25 s",
                "warning: worker-2 was lost: connection closed",
                "epoch 2/2  train loss 0.4188 accuracy 0.8857  test loss 0.2312 accuracy 0.9330  1.25 s",
            ],
            screen.Lines
        );
        Assert.Equal(0, screen.Column);
    }

    [Fact]
    public async Task Forty_columns_are_enough()
    {
        var screen = new FakeScreen(40);
        await using (ITrainingDisplay display = Display(screen))
        {
            TrainingStory.Tell(display, _time);
            Assert.StartsWith("epoch 2/2 ━━━", screen.Lines[^2]);
            Assert.EndsWith(" 1875/1875", screen.Lines[^2]);
            Assert.Equal("loss 0.2500 acc 0.9375 131k/s 0:00 left", screen.Lines[^1]);
        }

        Assert.Equal(
            [
                "scratch-mlp: 784-128-10 (101,770",
                "parameters), 60,000 training + 10,000",
                "test samples, 4 workers",
                "run folder runs/scratch-mlp-1",
                "1/2 loss 0.4188 acc 0.8857 test 0.9330",
                "warning: worker-2 was lost: connection",
                "closed",
                "1/2 loss 0.4188 acc 0.8857 test 0.9330".Replace("1/2", "2/2"),
            ],
            screen.Lines
        );
    }

    [Fact]
    public async Task Each_change_is_one_write_so_nothing_flickers()
    {
        var screen = new FakeScreen(80);
        await using ITrainingDisplay display = Display(screen);
        display.RunStarted(TrainingStory.Summary);
        int before = screen.Writes;
        display.StepDone(TrainingStory.Step(1, 1));
        display.StepDone(TrainingStory.Step(1, 2));
        display.EpochDone(TrainingStory.Epoch(1));
        Assert.Equal(before + 3, screen.Writes);
    }

    [Fact]
    public async Task What_the_terminal_echoes_for_ctrl_c_is_written_over()
    {
        var screen = new FakeScreen(80);
        await using ITrainingDisplay display = Display(screen);
        display.StepDone(TrainingStory.Step(1, 1));
        screen.Writer.Write("^C");
        display.Event("stopping", EventLevel.Information);
        Assert.Equal("stopping", screen.Lines[0]);
        Assert.StartsWith("epoch 1/2 ", screen.Lines[1]);
        Assert.Equal(2, screen.Lines.Count);
    }

    [Fact]
    public async Task A_terminal_that_is_made_narrower_and_wider_shows_one_region()
    {
        var screen = new FakeScreen(120);
        await using ITrainingDisplay display = Display(screen);
        display.StepDone(TrainingStory.Step(1, 1));
        foreach (int width in (int[])[50, 30, 100, 40])
        {
            screen.Width = width;
            display.StepDone(TrainingStory.Step(1, 2));
            Assert.StartsWith("epoch 1/2", screen.Lines[0]);
            Assert.Equal(width < 79 ? 2 : 1, screen.Lines.Count);
        }
    }

    [Fact]
    public void No_line_of_the_region_reaches_the_last_column_at_any_width()
    {
        StepProgress[] progresses =
        [
            TrainingStory.Step(1, 0),
            TrainingStory.Step(2, 1875),
            new(999_999, 1_000_000, 1_234_567, 7_654_321, 123_456.789, 1, 9.87e9),
            new(1, 1, 1, 1, double.NaN, 0, 0),
            new(1, 5, 3, 4, double.PositiveInfinity, 0.5, double.NaN),
        ];
        for (int width = 1; width <= 200; width++)
        {
            foreach (StepProgress progress in progresses)
            {
                foreach (double? left in (double?[])[null, 0, 3_600_000])
                {
                    Assert.All(
                        ProgressLayout.Lines(progress, left, width),
                        line => Assert.InRange(line.Sum(segment => segment.Text.Length), 0, Math.Max(1, width - 1))
                    );
                }
            }
        }
    }

    private ITrainingDisplay Display(FakeScreen screen) =>
        TrainingDisplay.For(new ConsoleStream(screen.Writer, IsTerminal: true, HasEscapes: true, () => screen.Width), _time);
}
