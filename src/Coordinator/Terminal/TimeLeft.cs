using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Terminal;

/// <summary>
/// Estimates how long a run still takes from the steps this process has done since its first report, evaluation included. What came before, such as
/// the wait for a worker, is no training.
/// </summary>
public sealed class TimeLeft(TimeProvider time)
{
    private (long Steps, long Time)? _first;

    /// <summary>Seconds, or null before the second report: a rate needs two points.</summary>
    public double? Seconds(StepProgress progress)
    {
        long done = ((long)(progress.Epoch - 1) * progress.StepsPerEpoch) + progress.Step;
        long all = (long)progress.Epochs * progress.StepsPerEpoch;
        (long steps, long begin) = _first ??= (done, time.GetTimestamp());
        double elapsed = time.GetElapsedTime(begin).TotalSeconds;
        return done <= steps || elapsed <= 0 ? null : elapsed / (done - steps) * (all - done);
    }
}
