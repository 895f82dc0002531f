using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Terminal;

/// <summary>Estimates how long a run still takes from the steps this process has done, evaluation included.</summary>
public sealed class TimeLeft(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private long? _firstSteps;

    /// <summary>Seconds, or null before the second report: a rate needs two points.</summary>
    public double? Seconds(StepProgress progress)
    {
        long done = ((long)(progress.Epoch - 1) * progress.StepsPerEpoch) + progress.Step;
        long all = (long)progress.Epochs * progress.StepsPerEpoch;
        _firstSteps ??= Math.Max(0, done - 1);
        double elapsed = time.GetElapsedTime(_started).TotalSeconds;
        long ours = done - _firstSteps.Value;
        return ours <= 1 || elapsed <= 0 ? null : elapsed / ours * (all - done);
    }
}
