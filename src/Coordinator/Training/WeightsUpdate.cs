using Distributed.Numerics.Kernels;
using Distributed.Numerics.Optimizers;
using Distributed.Numerics.Ranges;
using Distributed.Protocol;

namespace Distributed.Coordinator.Training;

/// <summary>The step from the workers' partials to new weights, in one pass over the parameters: add, look for what is no number, average, update.</summary>
/// <param name="optimizer">The rule.</param>
/// <param name="weights">Changed in place.</param>
/// <param name="crew">Who does it.</param>
internal sealed class WeightsUpdate(Optimizer optimizer, WeightsBuffer weights, RangeCrew crew) : GradientPass
{
    private readonly Lock _lock = new();
    private GradientSum? _gradient;
    private UpdateStep _step;
    private int _notFiniteAt;

    private protected override GradientSum Gradient => _gradient!;

    /// <summary>
    /// One whole step. The weights are no version meanwhile. Returns the first parameter whose gradient is NaN or infinite: then the weights are of no use any
    /// more; -1 when there is none.
    /// </summary>
    /// <param name="gradient">Summed over the minibatch.</param>
    /// <param name="samples">Samples in the minibatch; the sum is divided by it once.</param>
    /// <param name="learningRate">This step's rate.</param>
    internal int Run(GradientSum gradient, int samples, float learningRate)
    {
        _gradient = gradient;
        _notFiniteAt = int.MaxValue;
        _step = optimizer.BeginStep(optimizer.NeedsWholeGradient ? gradient.Collapse() : [], samples, learningRate);
        crew.Run(gradient.Length, this);
        _gradient = null;
        return _notFiniteAt == int.MaxValue ? -1 : _notFiniteAt;
    }

    private protected override void Take(ReadOnlySpan<float> sum, int start)
    {
        int at = VectorOperations.FirstNonFinite(InstructionSets.Best, sum);
        if (at >= 0)
        {
            lock (_lock)
            {
                _notFiniteAt = Math.Min(_notFiniteAt, start + at);
            }
        }

        optimizer.UpdateRange(_step, weights.Values.Slice(start, sum.Length), sum, start);
        weights.Written(start, sum.Length);
    }
}
