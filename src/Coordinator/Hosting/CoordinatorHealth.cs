using Distributed.Health;

namespace Distributed.Coordinator.Hosting;

/// <summary>How far a coordinator's run is, as far as probes care.</summary>
internal enum RunStage
{
    /// <summary>Data and checkpoints are being read, or a standby waits.</summary>
    Preparing,

    /// <summary>Workers can join.</summary>
    Open,

    /// <summary>The last step is done; files are being written.</summary>
    Over,
}

/// <summary>What a run's stage means to a probe.</summary>
internal static class CoordinatorHealth
{
    /// <param name="stage">How far the run is.</param>
    /// <param name="answers">Whether the coordinator's actor has answered in time; it counts while the run is open.</param>
    internal static HealthState Of(RunStage stage, bool answers) => stage switch
    {
        RunStage.Preparing => HealthState.Waiting("the run has not begun"),
        RunStage.Over => HealthState.Waiting("the run is over"),
        _ when !answers => HealthState.Broken($"the coordinator did not answer within {LivenessQuestion.PatienceMax.TotalSeconds} s"),
        _ => HealthState.Ready,
    };
}
