using System.Runtime.CompilerServices;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;

namespace Distributed.Numerics.Optimizers;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1): m ← β₁·m + (1-β₁)·g, v ← β₂·v + (1-β₂)·g², w ← w - η/(1-β₁ᵗ) · m / (√(v/(1-β₂ᵗ)) + ε).
/// AdamW (Loshchilov and Hutter 2019, algorithm 2) takes η·λ·w from a weight as well, before the step.
/// The powers βᵗ are state, multiplied once a step in double: no library's power function decides a bit.
/// </summary>
internal sealed unsafe class Adam(OptimizerSettings settings, ParameterLayout layout, InstructionSet set) : Optimizer(settings, layout, set)
{
    private const string Beta1Power = "beta1_power";
    private const string Beta2Power = "beta2_power";

    private readonly AdamConstants _constants = AdamConstants.For(settings);
    private readonly float _weightDecay = settings.Kind == OptimizerKind.AdamW ? settings.WeightDecay : 0f;
    private readonly float[] _m = new float[layout.Count];
    private readonly float[] _v = new float[layout.Count];
    private double _beta1Power = 1.0;
    private double _beta2Power = 1.0;

    public override IReadOnlyList<(string Name, float[] Values)> Moments => [("m", _m), ("v", _v)];

    public override IReadOnlyList<(string Name, double Value)> Powers => [(Beta1Power, _beta1Power), (Beta2Power, _beta2Power)];

    public override void RestorePowers(IReadOnlyList<(string Name, double Value)> powers)
    {
        Check.That(powers.Count == 2);
        Check.That(powers[0].Name == Beta1Power);
        Check.That(powers[1].Name == Beta2Power);
        _beta1Power = powers[0].Value;
        _beta2Power = powers[1].Value;
    }

    private protected override UpdateStep Begin(float meanScale, float learningRate)
    {
        _beta1Power *= _constants.Beta1;
        _beta2Power *= _constants.Beta2;
        return new UpdateStep(
            meanScale, (float)(learningRate / (1.0 - _beta1Power)), (float)(1.0 / (1.0 - _beta2Power)), learningRate * _weightDecay);
    }

    private protected override void Update<TPenalty>(
        UpdateStep step, float l2, Span<float> weights, ReadOnlySpan<float> gradientSum, int start)
    {
        var kernel = new Kernel<TPenalty>(
            step, l2, _constants, weights, gradientSum, _m.AsSpan(start, weights.Length), _v.AsSpan(start, weights.Length));
        SimdKernel.Run(Set, ref kernel);
    }

    private readonly ref struct Kernel<TPenalty>(
        UpdateStep step,
        float l2,
        AdamConstants constants,
        Span<float> weights,
        ReadOnlySpan<float> gradientSum,
        Span<float> firstMoment,
        Span<float> secondMoment) : ISimdKernel
        where TPenalty : struct, IPenalty
    {
        private readonly UpdateStep _step = step;
        private readonly float _l2 = l2;
        private readonly AdamConstants _constants = constants;
        private readonly Span<float> _weights = weights;
        private readonly ReadOnlySpan<float> _gradientSum = gradientSum;
        private readonly Span<float> _firstMoment = firstMoment;
        private readonly Span<float> _secondMoment = secondMoment;

        public void Run<S, V>()
            where S : struct, ISimd<V>
            where V : struct => Part<SimdScalar, float>(Part<S, V>(0));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private int Part<S, V>(int i)
            where S : struct, ISimd<V>
            where V : struct
        {
            V meanScale = S.Broadcast(_step.MeanScale);
            V l2 = S.Broadcast(_l2);
            V beta1 = S.Broadcast(_constants.Beta1);
            V beta2 = S.Broadcast(_constants.Beta2);
            V rest1 = S.Broadcast(_constants.Rest1);
            V rest2 = S.Broadcast(_constants.Rest2);
            V epsilon = S.Broadcast(_constants.Epsilon);
            V descent = S.Broadcast(-_step.LearningRate);
            V secondMomentScale = S.Broadcast(_step.SecondMomentScale);
            V negativeDecay = S.Broadcast(-_step.WeightDecay);
            fixed (float* weights = _weights, gradientSum = _gradientSum, firstMoment = _firstMoment, secondMoment = _secondMoment)
            {
                for (int end = _weights.Length - S.Width; i <= end; i += S.Width)
                {
                    V w = S.Load(weights + i);
                    V g = TPenalty.Add<S, V>(S.Multiply(S.Load(gradientSum + i), meanScale), w, l2);
                    V m = S.FusedMultiplyAdd(beta1, S.Load(firstMoment + i), S.Multiply(rest1, g));
                    V v = S.FusedMultiplyAdd(beta2, S.Load(secondMoment + i), S.Multiply(S.Multiply(rest2, g), g));
                    S.Store(firstMoment + i, m);
                    S.Store(secondMoment + i, v);
                    V deviation = S.Add(S.Sqrt(S.Multiply(v, secondMomentScale)), epsilon);
                    S.Store(weights + i, S.FusedMultiplyAdd(descent, S.Divide(m, deviation), TPenalty.Shrink<S, V>(w, negativeDecay)));
                }
            }

            return i;
        }
    }
}
