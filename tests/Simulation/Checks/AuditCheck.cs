using Distributed.Coordinator.Training;
using Distributed.Protocol;
using Distributed.Simulation.Coordinators;
using Distributed.Simulation.Faults;
using Distributed.Simulation.Network;

namespace Distributed.Simulation.Checks;

/// <summary>
/// Where everything is audited, whoever computed wrongly is named before the step is done, if its answer arrived before that; and nobody else ever is.
/// </summary>
internal sealed class AuditCheck(World world)
{
    private readonly HashSet<WorkerId> _haveLied = [];
    private readonly HashSet<WorkerId> _unnamed = [];

    /// <summary>A new coordinator knows nothing of what was sent to the last.</summary>
    internal void Reset() => _unnamed.Clear();

    /// <summary><paramref name="message"/> is about to be given to the run.</summary>
    internal void Arriving(PartialMessage message, SimulatedCoordinator coordinator, bool isCurrent)
    {
        if (!message.IsWrong)
        {
            return;
        }

        _haveLied.Add(message.Worker);
        bool counts = isCurrent && coordinator.Run.Workers.Contains(message.Worker);
        if (counts && message.Step.Value == coordinator.StepsDone && !coordinator.IsEvaluating)
        {
            _unnamed.Add(message.Worker);
        }
    }

    internal void Reported(RunEvent happened)
    {
        if (happened.Kind == "worker_quarantined")
        {
            WorkerId named = happened.Worker!.Value;
            SimulationFailure.Unless(_haveLied.Contains(named), $"{named} is in quarantine and never computed wrongly");
            _unnamed.Remove(named);
        }
    }

    internal void StepDone()
    {
        SimulationFailure.Unless(
            world.Faults.Audit < 1 || _unnamed.Count == 0, $"{string.Join(", ", _unnamed)} computed wrongly, and the step is done without a word about it");
        _unnamed.Clear();
    }
}
