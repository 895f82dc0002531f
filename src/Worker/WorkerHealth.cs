using Distributed.Health;

namespace Distributed.Worker;

/// <summary>What a worker's phase means to a probe.</summary>
public static class WorkerHealth
{
    /// <param name="phase">What the worker's loop answered; null when it did not in time.</param>
    public static HealthState Of(WorkerPhase? phase) => phase switch
    {
        null => HealthState.Broken($"the worker did not answer within {LivenessQuestion.PatienceMax.TotalSeconds} s"),
        WorkerPhase.Ready => HealthState.Ready,
        WorkerPhase.Away => HealthState.Waiting("no coordinator has accepted this worker yet, or it is gone"),
        WorkerPhase.Joined => HealthState.Waiting("this worker has joined and prepares"),
        WorkerPhase.Draining => HealthState.Waiting("this worker is leaving"),
        _ => HealthState.Waiting("this worker has ended"),
    };
}
