using Distributed.Numerics.Optimizers;
using Distributed.Numerics.Ranges;
using Distributed.Protocol;

namespace Distributed.Coordinator.Training;

/// <summary>The step from the workers' partials to new weights, in one pass over the parameters: add, average, update.</summary>
/// <param name="optimizer">The rule.</param>
/// <param name="weights">Changed in place.</param>
/// <param name="crew">Who does it.</param>
internal sealed class WeightsUpdate(Optimizer optimizer, WeightsBuffer weights, RangeCrew crew) : GradientPass
{
    private GradientSum? _gradient;
    private UpdateStep _step;

    private protected override GradientSum Gradient => _gradient!;

    /// <summary>One whole step. The weights are no version meanwhile.</summary>
    /// <param name="gradient">Summed over the minibatch.</param>
    /// <param name="samples">Samples in the minibatch; the sum is divided by it once.</param>
    /// <param name="learningRate">This step's rate.</param>
    internal void Run(GradientSum gradient, int samples, float learningRate)
    {
        _gradient = gradient;
        _step = optimizer.BeginStep(optimizer.NeedsWholeGradient ? gradient.Collapse() : [], samples, learningRate);
        crew.Run(gradient.Length, this);
        _gradient = null;
    }

    private protected override void Take(ReadOnlySpan<float> sum, int start) =>
        optimizer.UpdateRange(_step, weights.Values.Slice(start, sum.Length), sum, start);
}
