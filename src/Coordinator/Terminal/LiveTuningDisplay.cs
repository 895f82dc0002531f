using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Tuning;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Distributed.Coordinator.Terminal;

/// <summary>
/// A tuning on a terminal: what is done scrolls up; below it a table of the trials that are being trained and of the best so far.
/// </summary>
public sealed class LiveTuningDisplay(ConsoleStream stream, TimeProvider time) : ITuningDisplay
{
    private static readonly TimeSpan FrameInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly IAnsiConsole _console = TerminalConsole.For(stream);
    private readonly SortedDictionary<int, RunningTrial> _running = [];
    private TuningProgress? _progress;
    private IReadOnlyList<Standing> _standings = [];
    private TuningTimeLeft? _timeLeft;
    private long _lastFrame;
    private bool _closed;

    /// <inheritdoc/>
    public void RungStarted(TuningProgress progress, CoreShare share)
    {
        lock (_lock)
        {
            (_progress, _standings) = (progress, progress.Standings());
            _timeLeft ??= new TuningTimeLeft(progress, time);
            foreach (string line in TuningLines.RungStarted(progress, share))
            {
                Show(line, Color.Default);
            }
        }
    }

    /// <inheritdoc/>
    public ITrainingObserver TrialStarted(Trial trial, int epochs)
    {
        var watch = new TrialWatch(trial, this, Changed);
        lock (_lock)
        {
            _running[trial.Number] = new RunningTrial(trial, epochs, watch);
            Show(null, Color.Default);
        }

        return watch;
    }

    /// <inheritdoc/>
    public void TrialEnded(Trial trial, TrialResult result, TuningProgress progress)
    {
        lock (_lock)
        {
            _running.Remove(trial.Number);
            _standings = progress.Standings();
            string line = TuningLines.TrialEnded(trial, result, progress);
            Show(result.Failure is null ? line : EventText.For(line, EventLevel.Warning), result.Failure is null ? Color.Default : Color.Yellow);
        }
    }

    /// <inheritdoc/>
    public void Event(string text, EventLevel level)
    {
        lock (_lock)
        {
            Color color = level switch
            {
                EventLevel.Warning => Color.Yellow,
                EventLevel.Error => Color.Red,
                _ => Color.Default,
            };
            Show(EventText.For(text, level), color);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _closed = true;
            Show(null, Color.Default);
        }

        return ValueTask.CompletedTask;
    }

    private void Changed()
    {
        lock (_lock)
        {
            if (time.GetElapsedTime(_lastFrame) >= FrameInterval && !_closed)
            {
                Show(null, Color.Default);
            }
        }
    }

    /// <summary>After the end only lines above are shown, without a table.</summary>
    private void Show(string? above, Color color)
    {
        _lastFrame = time.GetTimestamp();
        IRenderable? region = _closed || _progress is null
            ? null
            : new Rows(
                new Text(TuningRegion.Head(_progress, _timeLeft?.Seconds(_progress, _running.Values)), new Style(decoration: Decoration.Bold)),
                TuningRegion.Of(_progress.Plan, _running.Values, _standings));
        _console.Write(new RegionFrame(above, color, region));
    }
}

/// <summary>A trial that is being trained.</summary>
/// <param name="Trial">Which one.</param>
/// <param name="Epochs">Where it ends, for now.</param>
/// <param name="Watch">Where it stands.</param>
public sealed record RunningTrial(Trial Trial, int Epochs, TrialWatch Watch);
