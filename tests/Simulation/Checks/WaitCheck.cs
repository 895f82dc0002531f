using Distributed.Coordinator.Training;
using Distributed.Simulation.Coordinators;

namespace Distributed.Simulation.Checks;

/// <summary>Nobody waits without an owner: a coordinator that makes no progress for a while says whom it waits for.</summary>
internal sealed class WaitCheck
{
    /// <summary>A step may take a second before it is worth a word; a tick or two may pass until that is noticed.</summary>
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(4);

    private TimeSpan? _since;
    private int _step;
    private bool _wasTold;

    internal void Reset()
    {
        _since = null;
        _wasTold = false;
    }

    internal void Reported(RunEvent happened) => _wasTold |= happened.Kind is "waiting" or "no_worker" or "no_worker_yet";

    internal void Ticked(SimulatedCoordinator coordinator)
    {
        if (coordinator.HasEnded || coordinator.IsEvaluating)
        {
            Reset();
            return;
        }

        if (_since is null || _step != coordinator.StepsDone)
        {
            _since = coordinator.Clock;
            _step = coordinator.StepsDone;
            return;
        }

        SimulationFailure.Unless(
            _wasTold || coordinator.Clock - _since < SilenceMax,
            $"step {_step} has been waited for for {(coordinator.Clock - _since).Value.TotalSeconds:F1} s, and nobody said for whom");
    }
}
