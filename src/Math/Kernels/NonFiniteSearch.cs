using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>Finds the first value that is NaN or infinite: x - x is 0 for every other.</summary>
internal static unsafe class NonFiniteSearch
{
    /// <summary>The index of the first such value, or -1.</summary>
    public static int First(InstructionSet set, ReadOnlySpan<float> values)
    {
        var kernel = new Kernel(values);
        SimdKernel.Run(set, ref kernel);
        Check.That(kernel.Found < values.Length);
        return kernel.Found;
    }

    private ref struct Kernel(ReadOnlySpan<float> values) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _values = values;

        public int Found { get; private set; } = -1;

        public void Run<S, V>()
            where S : struct, ISimd<V>
            where V : struct
        {
            int first = SkipFinite<SimdScalar, float>(SkipFinite<S, V>(0));
            if (first < _values.Length)
            {
                // The wide search stops at the block, the scalar one at the element.
                Found = first;
            }
        }

        /// <summary>The first index from which fewer than a vector, or a vector with a NaN or infinity, remains.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly int SkipFinite<S, V>(int i)
            where S : struct, ISimd<V>
            where V : struct
        {
            fixed (float* values = _values)
            {
                for (int end = _values.Length - S.Width; i <= end; i += S.Width)
                {
                    V x = S.Load(values + i);
                    if (S.AnyClear(S.EqualTo(S.Subtract(x, x), S.Zero)))
                    {
                        break;
                    }
                }
            }

            return i;
        }
    }
}
