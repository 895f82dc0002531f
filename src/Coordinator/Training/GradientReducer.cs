using Distributed.Numerics;
using Distributed.Numerics.Ranges;
using Distributed.Protocol;

namespace Distributed.Coordinator.Training;

/// <summary>Collects a step's partials until the sum over the fixed tree can be computed.</summary>
public class GradientReducer
{
    /// <summary>sum[i] = left[i] + right[i], at any vector width; the sum may take the place of the left.</summary>
    public delegate void Adder(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> sum);

    private readonly GradientSum _sum;

    /// <param name="add">The addition of two gradients.</param>
    /// <param name="crew">Who adds; the caller alone unless given.</param>
    public GradientReducer(Adder add, RangeCrew? crew = null) => _sum = new GradientSum(add, crew ?? new RangeCrew(1));

    /// <summary>Starts a step of <paramref name="count"/> microbatches. Partials of an unfinished step are returned to their pools.</summary>
    public virtual void Begin(int count)
    {
        Check.That(count >= 1);
        _sum.Open(count);
    }

    /// <summary>
    /// Takes ownership of <paramref name="partial"/>, a node no microbatch of which was added before.
    /// Returns the sum over the whole step, lent until the next one begins, once the last one is in; null before.
    /// </summary>
    public virtual GradientSum? Add(Partial partial)
    {
        _sum.Add(partial);
        return _sum.IsWhole ? _sum : null;
    }
}
