using System.Runtime.CompilerServices;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;

namespace Distributed.Numerics.Optimizers;

/// <summary>Gradient descent: w ← w - η·g, where g is the mean gradient plus the penalty.</summary>
internal sealed unsafe class Sgd(OptimizerSettings settings, ParameterLayout layout, InstructionSet set) : Optimizer(settings, layout, set)
{
    public override IReadOnlyList<(string Name, float[] Values)> Moments => [];

    private protected override void Update<TPenalty>(
        UpdateStep step, float l2, Span<float> weights, ReadOnlySpan<float> gradientSum, int start)
    {
        var kernel = new Kernel<TPenalty>(step, l2, weights, gradientSum);
        SimdKernel.Run(Set, ref kernel);
    }

    private readonly ref struct Kernel<TPenalty>(
        UpdateStep step, float l2, Span<float> weights, ReadOnlySpan<float> gradientSum) : ISimdKernel
        where TPenalty : struct, IPenalty
    {
        private readonly UpdateStep _step = step;
        private readonly float _l2 = l2;
        private readonly Span<float> _weights = weights;
        private readonly ReadOnlySpan<float> _gradientSum = gradientSum;

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
            V descent = S.Broadcast(-_step.LearningRate);
            fixed (float* weights = _weights, gradientSum = _gradientSum)
            {
                for (int end = _weights.Length - S.Width; i <= end; i += S.Width)
                {
                    V w = S.Load(weights + i);
                    V g = TPenalty.Add<S, V>(S.Multiply(S.Load(gradientSum + i), meanScale), w, l2);
                    S.Store(weights + i, S.FusedMultiplyAdd(descent, g, w));
                }
            }

            return i;
        }
    }
}
