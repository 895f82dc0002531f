using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Training;

namespace Distributed.Simulation;

/// <summary>
/// The protocol that is simulated: the product's own parts, and the checks of its shells. A planted bug is a subclass that leaves one of them out.
/// </summary>
public class ProtocolUnderTest
{
    public virtual string Name => "as built";

    /// <summary>A receiver does not look at checksums.</summary>
    public virtual bool AcceptsCorruptTensors => false;

    /// <summary>A worker computes with the weights it has, not with those that it was told to.</summary>
    public virtual bool ComputesWithAnyWeights => false;

    /// <summary>The share that is audited where <paramref name="planned"/> was asked for.</summary>
    public virtual double AuditFraction(double planned) => planned;

    public virtual TrainingParts Parts() => new();

    public virtual GradientReducer ReducerWith(GradientReducer.Adder add) => new(add);

    /// <summary>The run's folder as the product sees it.</summary>
    public virtual IRunStore StoreOver(IRunStore disk) => disk;

    /// <summary>What of the optimizer's state goes into a checkpoint.</summary>
    public virtual IEnumerable<(string Name, float[] Values)> Saved(IReadOnlyList<(string Name, float[] Values)> moments) => moments;
}
