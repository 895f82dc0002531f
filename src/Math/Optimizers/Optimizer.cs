using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;

namespace Distributed.Numerics.Optimizers;

/// <summary>
/// Turns the sum of a minibatch's gradients into new weights, in one pass over the parameters. Every width, and every split into ranges,
/// gives the same bits.
/// </summary>
public abstract class Optimizer
{
    private readonly OptimizerSettings _settings;
    private readonly ParameterLayout _layout;

    private protected Optimizer(OptimizerSettings settings, ParameterLayout layout, InstructionSet set)
    {
        Check.That(settings.WeightDecay >= 0f);
        Check.That(settings.ClipNorm >= 0f);
        _settings = settings;
        _layout = layout;
        Set = set;
    }

    /// <summary>State as large as the weights and in their layout, zero before the first step: "velocity", or "m" and "v".</summary>
    public abstract IReadOnlyList<(string Name, float[] Values)> Moments { get; }

    /// <summary>Scalar state: Adam's "beta1_power" and "beta2_power", β₁ᵗ and β₂ᵗ after t steps.</summary>
    public virtual IReadOnlyList<(string Name, double Value)> Powers => [];

    private protected InstructionSet Set { get; }

    /// <summary>The optimizer that <paramref name="settings"/> describe, before its first step.</summary>
    public static Optimizer Create(OptimizerSettings settings, ParameterLayout layout, InstructionSet set) => settings.Kind switch
    {
        OptimizerKind.Sgd => new Sgd(settings, layout, set),
        OptimizerKind.Momentum => new Momentum(settings, layout, set),
        _ => new Adam(settings, layout, set),
    };

    /// <summary>Puts back what <see cref="Powers"/> gave: the same names in the same order.</summary>
    public virtual void RestorePowers(IReadOnlyList<(string Name, double Value)> powers) => Check.That(powers.Count == 0);

    /// <summary>One whole step.</summary>
    /// <param name="weights">The parameters, changed in place.</param>
    /// <param name="gradientSum">Sum over the minibatch's samples, in the same layout.</param>
    /// <param name="samples">Samples in the minibatch; the sum is divided by it once.</param>
    /// <param name="learningRate">This step's rate.</param>
    public void Update(Span<float> weights, ReadOnlySpan<float> gradientSum, int samples, float learningRate)
    {
        UpdateStep step = BeginStep(gradientSum, samples, learningRate);
        UpdateRange(step, weights, gradientSum, start: 0);
    }

    /// <summary>True when a step needs the whole sum before the first parameter can be updated: a norm is over all of it.</summary>
    public bool NeedsWholeGradient => _settings.ClipNorm > 0f;

    /// <summary>
    /// Advances the scalar state. Call once per step, then <see cref="UpdateRange"/> for ranges that together cover every parameter once.
    /// </summary>
    /// <param name="gradientSum">The whole sum; may be empty unless <see cref="NeedsWholeGradient"/>.</param>
    /// <param name="samples">Samples in the minibatch, at least 1.</param>
    /// <param name="learningRate">This step's rate.</param>
    public UpdateStep BeginStep(ReadOnlySpan<float> gradientSum, int samples, float learningRate)
    {
        Check.That(samples >= 1);
        Check.That(gradientSum.Length == _layout.Count || !NeedsWholeGradient);
        float meanScale = _settings.ClipNorm == 0f
            ? 1f / samples
            : GradientClipping.MeanScale(Set, gradientSum, samples, _settings.ClipNorm);
        return Begin(meanScale, learningRate);
    }

    /// <summary>Updates a range of parameters. Disjoint ranges may run at the same time.</summary>
    /// <param name="step">From <see cref="BeginStep"/>.</param>
    /// <param name="weights">The parameters of the range.</param>
    /// <param name="gradientSum">The sum for the same parameters.</param>
    /// <param name="start">Which parameter is the first of the range.</param>
    public void UpdateRange(in UpdateStep step, Span<float> weights, ReadOnlySpan<float> gradientSum, int start)
    {
        int count = weights.Length;
        Check.That(gradientSum.Length == count);
        Check.That(start >= 0);
        Check.That(start <= _layout.Count - count);
        bool decays = _settings.Kind == OptimizerKind.AdamW && _settings.WeightDecay > 0f;
        if (_settings.L2 == 0f && !decays)
        {
            Update<NoPenalty>(step, 0f, weights, gradientSum, start);
            return;
        }

        for (int index = 0; index < _layout.Tensors.Count; index++)
        {
            ParameterTensor tensor = _layout.Tensors[index];
            int first = System.Math.Max(start, tensor.Offset);
            int length = System.Math.Min(start + count, tensor.Offset + tensor.Count) - first;
            if (length <= 0)
            {
                continue;
            }

            Span<float> w = weights.Slice(first - start, length);
            ReadOnlySpan<float> g = gradientSum.Slice(first - start, length);
            if (tensor.IsBias)
            {
                Update<NoPenalty>(step, 0f, w, g, first);
            }
            else if (decays)
            {
                Update<DecoupledDecay>(step, _settings.L2, w, g, first);
            }
            else
            {
                Update<L2Penalty>(step, _settings.L2, w, g, first);
            }
        }
    }

    private protected virtual UpdateStep Begin(float meanScale, float learningRate) => new(meanScale, learningRate, SecondMomentScale: 1f);

    /// <summary>One pass over parameters that share a penalty; the moments of the first are at <paramref name="start"/>.</summary>
    private protected abstract void Update<TPenalty>(
        UpdateStep step, float l2, Span<float> weights, ReadOnlySpan<float> gradientSum, int start)
        where TPenalty : struct, IPenalty;
}
