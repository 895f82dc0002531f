using Distributed.Numerics;
using Distributed.Numerics.Models;
using Distributed.Numerics.Reduction;

namespace Distributed.Protocol;

/// <summary>
/// The gradient sum of one node of a step's reduction tree, on its way from a worker to the coordinator. Whoever holds it owns it;
/// the last owner returns it to its pool, so that training allocates no gradient after the first steps.
/// </summary>
public sealed class Partial
{
    private readonly IPartialOwner _owner;
    private readonly Memory<float> _gradient;

    /// <param name="owner">Is given the partial back.</param>
    /// <param name="gradient">Where the gradient lies, in layout order.</param>
    public Partial(IPartialOwner owner, Memory<float> gradient)
    {
        _owner = owner;
        _gradient = gradient;
    }

    /// <summary>Who computed it.</summary>
    public WorkerId Worker { get; private set; }

    /// <summary>In which life.</summary>
    public Incarnation Incarnation { get; private set; }

    /// <summary>For which step.</summary>
    public StepNumber Step { get; private set; }

    /// <summary>The microbatches it sums; always a node of the step's reduction tree.</summary>
    public MicrobatchRange Node { get; private set; }

    /// <summary>Loss, correct answers and samples of the same node.</summary>
    public PartialStatistics Statistics { get; set; }

    /// <summary>The sum of the samples' gradients, in layout order.</summary>
    public Span<float> Gradient => _gradient.Span;

    /// <summary>The same, for what outlives a call.</summary>
    public ReadOnlyMemory<float> GradientMemory => _gradient;

    /// <summary>Says what this partial is about to hold.</summary>
    public void Address(WorkerId worker, Incarnation incarnation, StepNumber step, MicrobatchRange node)
    {
        Worker = worker;
        Incarnation = incarnation;
        Step = step;
        Node = node;
        Statistics = default;
    }

    /// <summary>
    /// Takes the place of the parent of this node and <paramref name="right"/>, its right sibling, whose gradient has been added to this one.
    /// </summary>
    public void Absorb(Partial right, int microbatches)
    {
        Check.That(right.Step == Step);
        Check.That(right.Node.First == Node.End);
        Node = new MicrobatchRange(Node.First, Node.Count + right.Node.Count);
        Check.That(ReductionTree.IsNode(Node, microbatches));
        Statistics = PartialStatistics.Combine(Statistics, right.Statistics);
    }

    /// <summary>Gives the buffer back. The caller must not touch the partial afterwards.</summary>
    public void Return() => _owner.Return(this);
}

/// <summary>Whoever lends the memory of partials.</summary>
public interface IPartialOwner
{
    /// <summary>Takes back <paramref name="partial"/>, which nobody touches any more. Called from any thread.</summary>
    void Return(Partial partial);
}

/// <summary>Partials that are not in use. Any thread may rent, any may return.</summary>
public sealed class PartialPool(int parameters) : IPartialOwner
{
    private readonly Lock _lock = new();
    private readonly Stack<Partial> _free = new();

    /// <summary>A partial whose contents are arbitrary.</summary>
    public Partial Rent()
    {
        lock (_lock)
        {
            if (_free.TryPop(out Partial? free))
            {
                return free;
            }
        }

        return new Partial(this, AlignedFloats.Allocate(parameters));
    }

    void IPartialOwner.Return(Partial partial)
    {
        lock (_lock)
        {
            _free.Push(partial);
        }
    }
}
