using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Training;
using Distributed.Simulation.Coordinators;
using Distributed.Simulation.Disk;
using Distributed.Simulation.Faults;

namespace Distributed.Simulation.Checks;

/// <summary>What must hold in every run, judged from outside the product.</summary>
internal sealed class RunChecks(World world)
{
    private readonly WaitCheck _waits = new();
    private int _nextStep;

    internal AuditCheck Audit { get; } = new(world);

    /// <summary>A coordinator begins at <paramref name="step"/> with <paramref name="weights"/>.</summary>
    internal void Started(int step, ReadOnlySpan<float> weights)
    {
        _nextStep = step;
        _waits.Reset();
        Audit.Reset();
        CompareBits(step, weights, "a coordinator begins");
    }

    internal void StepDone(in StepRecord step, ReadOnlySpan<float> weights, SimulatedCoordinator coordinator)
    {
        int number = step.Position.Step.Value;
        SimulationFailure.Unless(number == _nextStep, $"step {number} is done where step {_nextStep} was due");
        _nextStep++;
        _waits.Reset();
        Audit.StepDone();
        CompareBits(_nextStep, weights, $"step {number} is done");
        SimulationFailure.Unless(
            step.Statistics == world.Problem.Reference.Statistics[number], $"step {number}: loss or accuracy differ from the sequential run's");
    }

    internal void Ticked(SimulatedCoordinator coordinator) => _waits.Ticked(coordinator);

    internal void Reported(RunEvent happened, SimulatedCoordinator coordinator)
    {
        _waits.Reported(happened);
        Audit.Reported(happened);
    }

    /// <summary>What a coordinator that starts found: nothing that was reported as saved is lost, unless the disk itself rotted.</summary>
    internal void Found(CheckpointSearch search, SimulatedDisk disk)
    {
        int? found = search.Checkpoint?.Position.Step.Value;
        SimulationFailure.Unless(
            (found ?? -1) >= (disk.NewestSafe ?? -1),
            $"the checkpoint of step {disk.NewestSafe} was reported as saved, and step {found} is found: {string.Join(' ', search.Warnings)}");
        if (search.Warnings.Count > 0)
        {
            world.Coverage.Saw(found is null ? Probe.NoCheckpointUsable : Probe.OlderCheckpointUsed);
        }

        if (found is { } step && step % world.Problem.Run.Schedule.StepsPerEpoch != 0)
        {
            world.Coverage.Saw(Probe.ResumedInsideAnEpoch);
        }
    }

    /// <summary>The run is complete: so is what it leaves.</summary>
    internal void Completed(SimulatedCoordinator coordinator, SimulatedDisk disk)
    {
        int total = world.Problem.Run.Schedule.TotalSteps;
        SimulationFailure.Unless(coordinator.End == RunEnd.Completed, $"the run ended as {coordinator.End}");
        SimulationFailure.Unless(_nextStep == total, $"the run ended after {_nextStep} of {total} steps");
        CheckpointSearch search = new CheckpointCatalog(disk.Store).FindNewest();
        if (disk.NewestSafe is { } safe)
        {
            Found(search, disk);
            CompareBits(search.Checkpoint!.Position.Step.Value, search.Checkpoint.Weights, "the last checkpoint is read");
            SimulationFailure.Unless(safe <= total, $"a checkpoint of step {safe} in a run of {total}");
        }
    }

    private static string Short(ReadOnlySpan<float> weights) => Protocol.Digest.Of(weights).Hex[..12];

    private void CompareBits(int steps, ReadOnlySpan<float> weights, string when)
    {
        ReadOnlySpan<float> expected = world.Problem.Reference.After(steps);
        SimulationFailure.Unless(
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(weights).SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(expected)),
            $"when {when}, the weights after {steps} steps are {Short(weights)} instead of the sequential run's {Short(expected)}");
    }
}
