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
            int first = SkipFinite(SkipFiniteBlocks<S, V>());
            if (first < _values.Length)
            {
                // The wide search stops at the block, the scalar one at the element.
                Found = first;
            }
        }

        /// <summary>The first index from which fewer than four vectors, or four with a NaN or infinity, remain.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly int SkipFiniteBlocks<S, V>()
            where S : struct, ISimd<V>
            where V : struct
        {
            int i = 0;
            fixed (float* values = _values)
            {
                for (int end = _values.Length - (4 * S.Width); i <= end; i += 4 * S.Width)
                {
                    V left = S.Add(Zero<S, V>(values + i), Zero<S, V>(values + i + S.Width));
                    V right = S.Add(Zero<S, V>(values + i + (2 * S.Width)), Zero<S, V>(values + i + (3 * S.Width)));
                    if (S.AnyClear(S.EqualTo(S.Add(left, right), S.Zero)))
                    {
                        break;
                    }
                }
            }

            return i;
        }

        /// <summary>The first index at or after <paramref name="i"/> that holds a NaN or infinity, or the length.</summary>
        private readonly int SkipFinite(int i)
        {
            while (i < _values.Length && float.IsFinite(_values[i]))
            {
                i++;
            }

            return i;
        }

        /// <summary>0 for every finite value, NaN for the others.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V Zero<S, V>(float* values)
            where S : struct, ISimd<V>
            where V : struct
        {
            V x = S.Load(values);
            return S.Subtract(x, x);
        }
    }
}
