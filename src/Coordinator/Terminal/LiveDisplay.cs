using Distributed.Coordinator.Commands;
using Spectre.Console;

namespace Distributed.Coordinator.Terminal;

/// <summary>
/// A run on a terminal: finished epochs and events scroll up, one or two lines below them show where the run stands. The cursor stays
/// visible, so that a process that is killed leaves a usable terminal.
/// </summary>
public sealed class LiveDisplay(ConsoleStream stream, TimeProvider time) : ITrainingDisplay
{
    private readonly Lock _lock = new();
    private readonly IAnsiConsole _console = TerminalConsole.For(stream);
    private TimeLeft _timeLeft = new(time);
    private StepProgress? _progress;
    private int _width;
    private int _height;
    private bool _closed;

    /// <inheritdoc/>
    public void RunStarted(TrainingSummary summary)
    {
        lock (_lock)
        {
            _timeLeft = new TimeLeft(time);
            foreach (string line in SummaryLines.For(summary))
            {
                Show(line, Color.Default);
            }
        }
    }

    /// <inheritdoc/>
    public void StepDone(StepProgress progress)
    {
        lock (_lock)
        {
            _progress = progress;
            Show(above: null, Color.Default);
        }
    }

    /// <inheritdoc/>
    public void EpochDone(EpochProgress progress)
    {
        lock (_lock)
        {
            if (EpochLine.IsShown(progress.Epoch, progress.Epochs))
            {
                Show(EpochLine.For(progress, stream.Width - 1), Color.Default);
            }
        }
    }

    /// <inheritdoc/>
    public void Event(string text, EventLevel level)
    {
        lock (_lock)
        {
            Show(
                EventText.For(text, level),
                level switch
                {
                    EventLevel.Warning => Color.Yellow,
                    EventLevel.Error => Color.Red,
                    _ => Color.Default,
                }
            );
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _closed = true;
            _progress = null;
            Show(above: null, Color.Default);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>After the end only lines above are shown, without a region.</summary>
    private void Show(string? above, Color color)
    {
        int width = stream.Width;
        IReadOnlyList<IReadOnlyList<ProgressSegment>> lines =
            _progress is { } progress && !_closed ? ProgressLayout.Lines(progress, _timeLeft.Seconds(progress), width) : [];
        _console.Write(new LiveFrame(above, color, lines, eraseFirst: width != _width || lines.Count < _height));
        _width = width;
        _height = lines.Count;
    }
}
