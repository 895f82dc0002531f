using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Tests.Kernels;

/// <summary>The reductions of <see cref="VirtualLanes"/> over a whole buffer.</summary>
internal static unsafe class RowReduction
{
    public static float Sum(InstructionSet set, ReadOnlySpan<float> x) => Run(set, x, isSum: true);

    public static float Max(InstructionSet set, ReadOnlySpan<float> x) => Run(set, x, isSum: false);

    private static float Run(InstructionSet set, ReadOnlySpan<float> x, bool isSum)
    {
        var kernel = new Kernel(x, isSum);
        SimdKernel.Run(set, ref kernel);
        return kernel.Result;
    }

    private ref struct Kernel(ReadOnlySpan<float> x, bool isSum) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly bool _isSum = isSum;

        public float Result { get; private set; }

        public void Run<S, V>()
            where S : struct, ISimd<V>
            where V : struct
        {
            float* lanes = stackalloc float[VirtualLanes.ScratchCount];
            lanes = VirtualLanes.Aligned(lanes);
            fixed (float* x = _x)
            {
                Result = _isSum ? VirtualLanes.Sum<S, V>(x, _x.Length, lanes) : VirtualLanes.Max<S, V>(x, _x.Length, lanes);
            }
        }
    }
}
