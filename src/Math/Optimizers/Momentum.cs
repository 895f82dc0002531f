using System.Runtime.CompilerServices;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;

namespace Distributed.Numerics.Optimizers;

/// <summary>
/// Gradient descent with momentum: u ← μ·u + g, w ← w - η·u (Polyak's heavy ball, in the form where η multiplies the velocity).
/// </summary>
internal sealed unsafe class Momentum(
    OptimizerSettings settings, ParameterLayout layout, InstructionSet set) : Optimizer(settings, layout, set)
{
    private readonly float _momentum = settings.Momentum;
    private readonly float[] _velocity = new float[layout.Count];

    public override IReadOnlyList<(string Name, float[] Values)> Moments => [("velocity", _velocity)];

    private protected override void Update<TPenalty>(
        UpdateStep step, float l2, Span<float> weights, ReadOnlySpan<float> gradientSum, int start)
    {
        var kernel = new Kernel<TPenalty>(step, l2, _momentum, weights, gradientSum, _velocity.AsSpan(start, weights.Length));
        SimdKernel.Run(Set, ref kernel);
    }

    private readonly ref struct Kernel<TPenalty>(
        UpdateStep step, float l2, float momentum, Span<float> weights, ReadOnlySpan<float> gradientSum, Span<float> velocity) : ISimdKernel
        where TPenalty : struct, IPenalty
    {
        private readonly UpdateStep _step = step;
        private readonly float _l2 = l2;
        private readonly float _momentum = momentum;
        private readonly Span<float> _weights = weights;
        private readonly ReadOnlySpan<float> _gradientSum = gradientSum;
        private readonly Span<float> _velocity = velocity;

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
            V momentum = S.Broadcast(_momentum);
            V descent = S.Broadcast(-_step.LearningRate);
            fixed (float* weights = _weights, gradientSum = _gradientSum, velocity = _velocity)
            {
                for (int end = _weights.Length - S.Width; i <= end; i += S.Width)
                {
                    V w = S.Load(weights + i);
                    V g = TPenalty.Add<S, V>(S.Multiply(S.Load(gradientSum + i), meanScale), w, l2);
                    V u = S.FusedMultiplyAdd(momentum, S.Load(velocity + i), g);
                    S.Store(velocity + i, u);
                    S.Store(weights + i, S.FusedMultiplyAdd(descent, u, w));
                }
            }

            return i;
        }
    }
}
