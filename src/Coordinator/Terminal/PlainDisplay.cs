using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Terminal;

/// <summary>
/// A run as plain lines for a log: its summary, each epoch, events, and a sign of life within long epochs. No escape codes.
/// </summary>
public sealed class PlainDisplay(TextWriter writer, TimeProvider time) : ITrainingDisplay
{
    private static readonly TimeSpan SignOfLifeEvery = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private TimeLeft _timeLeft = new(time);
    private long _lastLine = time.GetTimestamp();

    /// <inheritdoc/>
    public void RunStarted(TrainingSummary summary)
    {
        lock (_lock)
        {
            _timeLeft = new TimeLeft(time);
            foreach (string line in SummaryLines.For(summary))
            {
                Write(line);
            }
        }
    }

    /// <inheritdoc/>
    public void StepDone(StepProgress progress)
    {
        lock (_lock)
        {
            double? left = _timeLeft.Seconds(progress);
            if (time.GetElapsedTime(_lastLine) >= SignOfLifeEvery)
            {
                Write(
                    $"epoch {progress.Epoch}/{progress.Epochs}  step {progress.Step}/{progress.StepsPerEpoch}  loss {Figures.Loss(progress.Loss)} "
                        + $"accuracy {Figures.Accuracy(progress.Accuracy)}  {Figures.Count(progress.SamplesPerSecond)} samples/s"
                        + (left is { } seconds ? $"  {Figures.Clock(seconds)} left" : "")
                );
            }
        }
    }

    /// <inheritdoc/>
    public void EpochDone(EpochProgress progress)
    {
        lock (_lock)
        {
            if (EpochLine.IsShown(progress.Epoch, progress.Epochs))
            {
                Write(EpochLine.Full(progress));
            }
        }
    }

    /// <inheritdoc/>
    public void Event(string text, EventLevel level)
    {
        lock (_lock)
        {
            Write(EventText.For(text, level));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Write(string line)
    {
        writer.WriteLine(line);
        writer.Flush();
        _lastLine = time.GetTimestamp();
    }
}
