using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Terminal;

namespace Distributed.Coordinator.Tests.Terminal;

/// <summary>What a log gets: whole lines, no escape codes, no more than needed.</summary>
public sealed class PlainDisplayTests
{
    private readonly FakeTime _time = new();
    private readonly StringWriter _log = new() { NewLine = "\n" };

    [Fact]
    public async Task A_run_is_its_summary_its_epochs_and_its_events()
    {
        const string Expected = """
            scratch-mlp: 784-128-10 (101,770 parameters), 60,000 training + 10,000 test samples, 4 workers
            run folder runs/scratch-mlp-1
            epoch 1/2  train loss 0.4188 accuracy 0.8857  test loss 0.2312 accuracy 0.9330  1.25 s
            warning: worker-2 was lost: connection closed
            epoch 2/2  train loss 0.4188 accuracy 0.8857  test loss 0.2312 accuracy 0.9330  1.25 s

            """;
        await using (var display = TrainingDisplay.For(new ConsoleStream(_log, IsTerminal: true, HasEscapes: false, () => 40), _time))
        {
            TrainingStory.Tell(display, _time);
        }

        Assert.Equal(Expected, _log.ToString());
    }

    [Fact]
    public void A_long_epoch_gives_a_sign_of_life_every_ten_seconds()
    {
        var display = new PlainDisplay(_log, _time);
        for (int step = 1; step <= 250; step++)
        {
            _time.Advance(0.1);
            display.StepDone(TrainingStory.Step(1, step));
        }

        string[] lines = _log.ToString().TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Equal("epoch 1/2  step 100/1875  loss 0.2500 accuracy 0.9375  131k samples/s  6:05 left", lines[0]);
    }

    [Fact]
    public void A_run_of_many_epochs_shows_about_a_hundred_of_them_and_the_last()
    {
        var display = new PlainDisplay(_log, _time);
        for (int epoch = 1; epoch <= 517; epoch++)
        {
            display.EpochDone(TrainingStory.Epoch(epoch) with { Epochs = 517 });
        }

        string[] lines = _log.ToString().TrimEnd().Split('\n');
        Assert.InRange(lines.Length, 50, 110);
        Assert.StartsWith("epoch 1/517", lines[0]);
        Assert.StartsWith("epoch 517/517", lines[^1]);
    }

    [Fact]
    public void Control_characters_in_an_event_do_not_reach_the_terminal()
    {
        new PlainDisplay(_log, _time).Event("worker \u001b[31m said \u0007\nat Main()", EventLevel.Error);
        Assert.Equal("error: worker ?[31m said ?\nat Main()\n", _log.ToString());
    }

    [Fact]
    public void An_epoch_with_validation_and_without_test_says_so()
    {
        EpochProgress epoch = TrainingStory.Epoch(1) with
        {
            TestLoss = null,
            TestAccuracy = null,
            ValidationLoss = 0.5,
            ValidationAccuracy = 0.75,
        };
        Assert.Equal("epoch 1/2  train loss 0.4188 accuracy 0.8857  validation loss 0.5000 accuracy 0.7500  1.25 s", EpochLine.Full(epoch));
    }
}
