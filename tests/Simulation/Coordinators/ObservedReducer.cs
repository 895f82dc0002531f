using Distributed.Coordinator.Training;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;

namespace Distributed.Simulation.Coordinators;

/// <summary>Watches what a reducer is given: every microbatch of a step once, neither twice nor never.</summary>
internal sealed class ObservedReducer(GradientReducer inner) : GradientReducer((_, _, _) => { })
{
    private bool[] _seen = [];

    /// <summary>Partials counted so far.</summary>
    internal int Counted { get; private set; }

    public override void Begin(int count)
    {
        _seen = new bool[count];
        inner.Begin(count);
    }

    public override GradientSum? Add(Partial partial)
    {
        Counted++;
        MicrobatchRange node = partial.Node;
        for (int i = node.First; i < node.End; i++)
        {
            SimulationFailure.Unless(!_seen[i], $"{partial.Step}: microbatch {i} is counted twice");
            _seen[i] = true;
        }

        GradientSum? sum = inner.Add(partial);
        SimulationFailure.Unless(sum is null || !_seen.Contains(false), $"{partial.Step}: a sum without every microbatch");
        return sum;
    }
}
