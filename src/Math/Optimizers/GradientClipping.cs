using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Optimizers;

/// <summary>
/// Clipping by global norm (Pascanu, Mikolov and Bengio 2013): where the Euclidean norm of the mean gradient, over all parameters together, is
/// above a limit, the gradient is scaled down to it.
/// </summary>
internal static class GradientClipping
{
    /// <summary>
    /// What turns the sum of gradients into their clipped mean. The mean's norm is N = √Σg² / samples; above the limit the mean is multiplied by
    /// limit / N, which leaves limit / √Σg², rounded to float once.
    /// </summary>
    /// <param name="set">The SIMD width; any gives the same bits.</param>
    /// <param name="gradientSum">Sum over the minibatch's samples.</param>
    /// <param name="samples">Samples in the minibatch, at least 1.</param>
    /// <param name="limit">The largest norm, above 0.</param>
    public static float MeanScale(InstructionSet set, ReadOnlySpan<float> gradientSum, int samples, float limit)
    {
        Check.That(samples >= 1);
        Check.That(limit > 0f);
        double norm = System.Math.Sqrt(SquaredNorm.Of(set, gradientSum));
        return norm > (double)limit * samples ? (float)(limit / norm) : 1f / samples;
    }
}
