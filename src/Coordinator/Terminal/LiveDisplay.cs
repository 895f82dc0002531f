using Distributed.Coordinator.Commands;
using Spectre.Console;

namespace Distributed.Coordinator.Terminal;

/// <summary>
/// A run on a terminal: finished epochs and events scroll up, one or two lines below them show where the run stands. Each change is one write, so nothing flickers.
/// </summary>
public sealed class LiveDisplay(ConsoleStream stream, TimeProvider time) : ITrainingDisplay
{
    private readonly Lock _lock = new();
    private readonly IAnsiConsole _console = TerminalConsole.For(stream);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeLeft _timeLeft = new(time);
    private LiveDisplayContext? _live;
    private Task _region = Task.CompletedTask;

    /// <inheritdoc/>
    public void RunStarted(TrainingSummary summary)
    {
        lock (_lock)
        {
            _timeLeft = new TimeLeft(time);
            foreach (string line in SummaryLines.For(summary))
            {
                Above(line, Color.Default);
            }
        }
    }

    /// <inheritdoc/>
    public void StepDone(StepProgress progress)
    {
        lock (_lock)
        {
            if (_live is null && !_ended.Task.IsCompleted)
            {
                _region = _console.Live(new Text("")).AutoClear(true).StartAsync(OpenRegionAsync);
            }

            _live?.UpdateTarget(ProgressRegion.For(ProgressLayout.Lines(progress, _timeLeft.Seconds(progress), stream.Width)));
        }
    }

    /// <inheritdoc/>
    public void EpochDone(EpochProgress progress)
    {
        lock (_lock)
        {
            if (EpochLine.IsShown(progress.Epoch, progress.Epochs))
            {
                Above(EpochLine.For(progress, stream.Width - 1), Color.Default);
            }
        }
    }

    /// <inheritdoc/>
    public void Event(string text, EventLevel level)
    {
        lock (_lock)
        {
            Above(EventText.For(text, level), level switch { EventLevel.Warning => Color.Yellow, EventLevel.Error => Color.Red, _ => Color.Default });
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _ended.TrySetResult();
        await _region.ConfigureAwait(false);
    }

    private Task OpenRegionAsync(LiveDisplayContext live)
    {
        _live = live;
        return _ended.Task;
    }

    private void Above(string line, Color color) => _console.Write(new LineAbove(line, color));
}
