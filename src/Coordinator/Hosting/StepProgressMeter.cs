using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Training;
using Distributed.Numerics.Models;
using Distributed.Protocol.Plan;

namespace Distributed.Coordinator.Hosting;

/// <summary>
/// Counts steps for people: a metrics line every <see cref="LineEverySteps"/> steps, progress a few times a second. A step costs it one look at the clock.
/// </summary>
internal sealed class StepProgressMeter
{
    /// <summary>Steps between two step lines of metrics.jsonl.</summary>
    internal const int LineEverySteps = 100;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    private readonly StepSchedule _schedule;
    private readonly TimeProvider _time;
    private readonly double _earlierSeconds;
    private readonly long _progressTicks;
    private bool _hasBegun;
    private bool _hasProgress;
    private long _started;
    private PartialStatistics _epoch;
    private int _stepsInEpoch;
    private int _epochNumber;
    private long _lastProgress;
    private long _rateSince;
    private long _lastLine;
    private int _samplesSinceLine;
    private int _samplesInRate;

    internal StepProgressMeter(StepSchedule schedule, TrainingPosition start, TimeProvider time, double earlierSeconds)
    {
        _schedule = schedule;
        _time = time;
        _earlierSeconds = earlierSeconds;
        _epoch = start.Epoch;
        _progressTicks = (long)(ProgressInterval.TotalSeconds * time.TimestampFrequency);
    }

    /// <summary>True when a person should see how far the run is: at its first step, and from then on a few times a second.</summary>
    internal bool ProgressIsDue { get; private set; }

    /// <summary>Samples trained in this process since the epoch began or the run was resumed in it.</summary>
    internal int SamplesSinceEpochBegan { get; private set; }

    /// <summary>
    /// A step is dispatched; the first one begins the clock. What came before, such as the wait for a worker, is no training and counts in no
    /// rate.
    /// </summary>
    internal void Dispatched()
    {
        if (_hasBegun)
        {
            return;
        }

        _hasBegun = true;
        _started = _time.GetTimestamp();
        _lastProgress = _started;
        _rateSince = _started;
        _lastLine = _started;
    }

    /// <summary>Since the first step was dispatched, time before a resume included: the one clock of all the run's metrics.</summary>
    internal double Seconds => _earlierSeconds + (_hasBegun ? _time.GetElapsedTime(_started).TotalSeconds : 0);

    /// <summary>Counts a step. Returns its metrics line when one is due.</summary>
    internal StepMetrics? Count(in StepRecord step)
    {
        _epoch = PartialStatistics.Combine(_epoch, step.Statistics);
        _stepsInEpoch = step.Position.StepInEpoch + 1;
        _epochNumber = step.Position.Epoch + 1;
        _samplesSinceLine += step.Statistics.Samples;
        _samplesInRate += step.Statistics.Samples;
        SamplesSinceEpochBegan += step.Statistics.Samples;
        ProgressIsDue = !_hasProgress || _time.GetTimestamp() - _lastProgress >= _progressTicks;
        int done = step.Position.Step.Value + 1;
        return done % LineEverySteps == 0 ? Line(step, done) : null;
    }

    /// <summary>How far the run is.</summary>
    internal StepProgress Progress()
    {
        long now = _time.GetTimestamp();
        double seconds = _time.GetElapsedTime(_rateSince, now).TotalSeconds;
        double samplesPerSecond = seconds > 0 ? _samplesInRate / seconds : 0;
        _hasProgress = true;
        (_lastProgress, _rateSince, _samplesInRate) = (now, now, 0);
        return new StepProgress(
            _epochNumber,
            _schedule.Epochs,
            _stepsInEpoch,
            _schedule.StepsPerEpoch,
            _epoch.LossSum / _epoch.Samples,
            (double)_epoch.Correct / _epoch.Samples,
            samplesPerSecond);
    }

    /// <summary>The next step begins a new epoch: the evaluation between counts in no rate, and does not put off what is due.</summary>
    internal void EpochDone()
    {
        _epoch = default;
        SamplesSinceEpochBegan = 0;
        (_rateSince, _samplesInRate) = (_time.GetTimestamp(), 0);
    }

    private StepMetrics Line(in StepRecord step, int done)
    {
        long now = _time.GetTimestamp();
        var line = new StepMetrics
        {
            Epoch = step.Position.Epoch + 1,
            Step = done,
            TrainLoss = step.Statistics.LossSum / step.Statistics.Samples,
            TrainAccuracy = (double)step.Statistics.Correct / step.Statistics.Samples,
            LearningRate = step.LearningRate,
            Seconds = Seconds,
            SamplesPerSecond = _samplesSinceLine / _time.GetElapsedTime(_lastLine, now).TotalSeconds,
            Workers = step.Workers,
        };
        _lastLine = now;
        _samplesSinceLine = 0;
        return line;
    }
}
