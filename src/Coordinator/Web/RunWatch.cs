using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Terminal;
using Distributed.Coordinator.Training;
using Distributed.Protocol;
using Distributed.Protocol.Plan;

namespace Distributed.Coordinator.Web;

/// <summary>
/// Follows a run for whoever asks, from any thread. It hears of progress about ten times a second and of a metrics line now and then; a step costs it
/// nothing but <see cref="Activity"/>'s counters.
/// </summary>
/// <param name="next">The observer behind it, which is told everything as well.</param>
/// <param name="recipe">What is trained.</param>
/// <param name="schedule">Its steps.</param>
/// <param name="trainingSamples">Samples per epoch.</param>
/// <param name="earlier">What the run had done before it was resumed.</param>
/// <param name="time">The clock.</param>
public sealed class RunWatch(
    ITrainingObserver next, Recipe recipe, StepSchedule schedule, int trainingSamples, EarlierRun earlier, TimeProvider time) : ITrainingObserver
{
    private const int EventsMax = 60;

    private readonly Lock _lock = new();
    private readonly long _started = time.GetTimestamp();
    private readonly TimeLeft _timeLeft = new(time);
    private readonly List<EpochMetrics> _epochs = [.. earlier.Records.OfType<EpochMetrics>()];
    private readonly StepTrail _trail = StepTrail.Of(earlier.Records.OfType<StepMetrics>());
    private readonly Queue<WatchedEvent> _events = new();
    private readonly long[] _eventCounts = new long[Enum.GetValues<EventLevel>().Length];
    private readonly WorkerTable _workers = new(time);
    private TrainingSummary? _summary;
    private StepProgress? _progress;
    private StepMetrics? _line = earlier.Records.OfType<StepMetrics>().LastOrDefault();
    private RunMark _mark = earlier.Mark;
    private double? _secondsLeft;
    private int _step = earlier.Step;
    private int _eventNumber;
    private RunPhase _phase;
    private string _ending = "";

    /// <summary>The workers' counters.</summary>
    public WorkerActivity Activity => _workers.Activity;

    /// <inheritdoc/>
    public void RunStarted(TrainingSummary summary)
    {
        lock (_lock)
        {
            _summary = summary;
            _phase = RunPhase.Training;
        }

        next.RunStarted(summary);
    }

    /// <inheritdoc/>
    public void StepDone(StepProgress progress)
    {
        lock (_lock)
        {
            _progress = progress;
            _step = ((progress.Epoch - 1) * progress.StepsPerEpoch) + progress.Step;
            _secondsLeft = _timeLeft.Seconds(progress);
        }

        next.StepDone(progress);
    }

    /// <inheritdoc/>
    public void EpochDone(EpochProgress progress) => next.EpochDone(progress);

    /// <inheritdoc/>
    public void Event(string text, EventLevel level)
    {
        lock (_lock)
        {
            _eventCounts[(int)level]++;
            _events.Enqueue(new WatchedEvent(++_eventNumber, Seconds(), _step, EventText.For(text, EventLevel.Information), level));
            if (_events.Count > EventsMax)
            {
                _events.Dequeue();
            }
        }

        next.Event(text, level);
    }

    /// <summary>A line was written to the run's metrics.</summary>
    public void Recorded(MetricsRecord record)
    {
        lock (_lock)
        {
            _mark = _mark.After(record);
            _step = Math.Max(_step, record.Step);
            switch (record)
            {
                case EpochMetrics epoch:
                    _epochs.Add(epoch);
                    break;
                case StepMetrics line:
                    _line = line;
                    _trail.Add(line);
                    break;
            }
        }
    }

    /// <summary>The run stands after <paramref name="step"/> steps.</summary>
    public void Reached(int step)
    {
        lock (_lock)
        {
            _step = step;
        }
    }

    /// <summary>A worker began a life.</summary>
    public void Joined(Join join)
    {
        lock (_lock)
        {
            _workers.Joined(join);
        }
    }

    /// <summary>An event of the run: worker_lost, worker_slow …</summary>
    public void Happened(RunEvent happened)
    {
        if (happened.Worker is { } worker)
        {
            lock (_lock)
            {
                _workers.Happened(worker, happened.Kind);
            }
        }
    }

    /// <summary>The run was asked to stop after the open step.</summary>
    public void Stopping()
    {
        lock (_lock)
        {
            _phase = _phase == RunPhase.Over ? RunPhase.Over : RunPhase.Stopping;
        }
    }

    /// <summary>Nothing more will happen.</summary>
    public void Over(string ending)
    {
        lock (_lock)
        {
            _phase = RunPhase.Over;
            _ending = ending;
            _secondsLeft = null;
        }
    }

    /// <summary>The run as it is now.</summary>
    public RunSnapshot Snapshot()
    {
        lock (_lock)
        {
            return new RunSnapshot
            {
                Recipe = recipe,
                Summary = _summary,
                Phase = _phase,
                Ending = _ending,
                Step = _step,
                Steps = schedule.TotalSteps,
                Totals = Totals(_mark),
                TotalsBefore = Totals(earlier.Mark),
                Progress = _progress,
                Seconds = Seconds(),
                SecondsLeft = _secondsLeft,
                Epochs = [.. _epochs],
                LastLine = _line,
                Trail = [.. _trail.Points],
                Events = [.. _events],
                EventCounts = [.. _eventCounts],
                Workers = _workers.Observe(),
            };
        }
    }

    private double Seconds() => earlier.Mark.Seconds + time.GetElapsedTime(_started).TotalSeconds;

    private RunTotals Totals(RunMark mark) => new(mark.Step, SamplesIn(mark.Step), mark.Epochs, mark.Seconds);

    private long SamplesIn(int steps)
    {
        long before = (long)(steps / schedule.StepsPerEpoch) * trainingSamples;
        return steps % schedule.StepsPerEpoch == 0 ? before : before + schedule.At(new StepNumber(steps)).FirstSample;
    }
}
