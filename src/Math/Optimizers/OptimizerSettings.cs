namespace Distributed.Numerics.Optimizers;

/// <summary>The rule that turns an averaged gradient into new weights.</summary>
public enum OptimizerKind
{
    Sgd,
    Momentum,
    Adam,

    /// <summary>Adam with decoupled weight decay.</summary>
    AdamW,
}

/// <summary>An optimizer's constants. The learning rate is given at each step, since a schedule may change it.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="Momentum">Factor of the velocity, in [0, 1); used by <see cref="OptimizerKind.Momentum"/>.</param>
/// <param name="Beta1">Decay of Adam's first moment, in [0, 1).</param>
/// <param name="Beta2">Decay of Adam's second moment, in [0, 1).</param>
/// <param name="Epsilon">Added to Adam's denominator, above 0.</param>
/// <param name="L2">λ of the penalty λ/2·‖W‖² on weights, biases excluded; λ·W is added to the averaged gradient.</param>
/// <param name="WeightDecay">
/// λ of <see cref="OptimizerKind.AdamW"/>, at least 0: each step takes η·λ of a weight from it, biases excluded, apart from the gradient.
/// </param>
/// <param name="ClipNorm">The mean gradient is scaled down to this Euclidean norm where its norm is above it; 0 for never.</param>
public sealed record OptimizerSettings(
    OptimizerKind Kind, float Momentum, float Beta1, float Beta2, float Epsilon, float L2, float WeightDecay = 0f, float ClipNorm = 0f);
