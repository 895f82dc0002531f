using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Terminal;
using Distributed.Coordinator.Tests.Tuning;
using Distributed.Coordinator.Tuning;

namespace Distributed.Coordinator.Tests.Terminal;

/// <summary>What a person sees of a tuning, by the screen that the escape codes paint.</summary>
public sealed class TuningDisplayTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public async Task Trials_are_a_live_table_and_what_is_done_stays_above()
    {
        var screen = new FakeScreen(100);
        await using (ITuningDisplay display = Display(screen))
        {
            Tell(display);
            Assert.Equal(
                [
                    "2 trials; 2 at a time, with 1 worker each",
                    "trial 1 (seed 1): validation accuracy 0.9000, loss 0.1000 after 9 epochs; place 1 of 1 so far",
                    "warning: trial 2: the disk is full",
                ],
                screen.Lines.Take(3));
            Assert.Equal("1 of 2 trials done, 0:05 left", screen.Lines[3]);
            Assert.Equal(["trial", "seed", "epoch", "training", "loss", "validation", "accuracy"], Words(screen.Lines[4]));
            Assert.Equal(["2", "2", "━━━━━━──────", "5/9", "0.2500"], Words(screen.Lines[6]));
            Assert.Equal(["1", "1", "9", "0.9000"], Words(screen.Lines[7]));
        }

        Assert.Equal(3, screen.Lines.Count);
        Assert.Equal(0, screen.Column);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(200)]
    public async Task The_table_fits_the_terminal(int width)
    {
        var screen = new FakeScreen(width);
        await using ITuningDisplay display = Display(screen);
        Tell(display);
        Assert.All(screen.Lines, line => Assert.InRange(line.Length, 0, width));
    }

    [Fact]
    public void Without_a_terminal_there_are_lines_alone()
    {
        using var text = new StringWriter { NewLine = "\n" };
        Tell(TuningDisplay.For(new ConsoleStream(text, IsTerminal: false, HasEscapes: false, () => 0), _time));
        Assert.Equal(
            "2 trials; 2 at a time, with 1 worker each\n"
                + "trial 1 (seed 1): validation accuracy 0.9000, loss 0.1000 after 9 epochs; place 1 of 1 so far\n"
                + "warning: trial 2: the disk is full\n",
            text.ToString());
    }

    private void Tell(ITuningDisplay display)
    {
        var progress = new TuningProgress(SamplePlans.OfSeeds(2));
        display.RungStarted(progress, new CoreShare(2, 1));
        display.TrialStarted(progress.Plan.Trial(1), 9);
        ITrainingObserver second = display.TrialStarted(progress.Plan.Trial(2), 9);
        var result = new TrialResult
        {
            Trial = 1, Rung = 1, Epochs = 9, ValidationAccuracy = 0.9, ValidationLoss = 0.1, IsComplete = true, WeightsDigest = "d",
        };
        progress.Record(result);
        display.TrialEnded(progress.Plan.Trial(1), result, progress);
        second.Event("worker-1 joined", EventLevel.Information);
        _time.Advance(13.5);
        second.StepDone(new StepProgress(5, 9, 50, 100, 0.25, 0.9, 1000));
        second.Event("the disk is full", EventLevel.Warning);
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private ITuningDisplay Display(FakeScreen screen) =>
        TuningDisplay.For(new ConsoleStream(screen.Writer, IsTerminal: true, HasEscapes: true, () => screen.Width), _time);
}
