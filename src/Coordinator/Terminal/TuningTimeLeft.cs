using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Tuning;

namespace Distributed.Coordinator.Terminal;

/// <summary>Estimates how long a tuning still takes from the epochs this process has trained, as if all epochs took the same time.</summary>
/// <param name="begin">Where the tuning stands when this process begins.</param>
/// <param name="time">The clock.</param>
public sealed class TuningTimeLeft(TuningProgress begin, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private readonly int _epochsAtBegin = begin.EpochsLeft;

    /// <summary>Seconds, or null before anything is trained.</summary>
    public double? Seconds(TuningProgress progress, IEnumerable<RunningTrial> running)
    {
        double begun = running.Sum(trial => trial.Watch.Step is { } step ? EpochsDone(step) - progress.EpochsOf(trial.Trial) : 0);
        double left = progress.EpochsLeft - begun;
        double done = _epochsAtBegin - left;
        return done > 0 ? time.GetElapsedTime(_started).TotalSeconds / done * Math.Max(0, left) : null;
    }

    /// <summary>Whole and begun epochs of a run.</summary>
    public static double EpochsDone(StepProgress step) => step.Epoch - 1 + ((double)step.Step / Math.Max(1, step.StepsPerEpoch));
}
