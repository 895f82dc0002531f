using System.Runtime.CompilerServices;
using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Layers;

/// <summary>
/// Softmax along rows, shifted by the row's maximum. Rows are padded to whole blocks of 16 virtual lanes: padding holds -Inf in the logits,
/// which becomes exactly +0 in the probabilities and adds nothing to a sum.
/// </summary>
internal static unsafe class Softmax
{
    /// <summary>Floats between two rows of <paramref name="classes"/> logits.</summary>
    public static int Stride(int classes) => (classes + VirtualLanes.Count - 1) / VirtualLanes.Count * VirtualLanes.Count;

    /// <summary>p[r,c] = exp(z[r,c] - maxᵣ) / sumᵣ. A row with a NaN or +Inf becomes NaN in every class.</summary>
    /// <param name="set">The SIMD width.</param>
    /// <param name="logits">Rows×stride, padded with -Inf.</param>
    /// <param name="probabilities">Rows×stride.</param>
    /// <param name="maxima">One per row: the largest logit.</param>
    /// <param name="sums">One per row: Σ exp(z - max), at least 1.</param>
    public static void Forward(
        InstructionSet set, ReadOnlySpan<float> logits, Span<float> probabilities, Span<float> maxima, Span<float> sums)
    {
        Check.That(probabilities.Length == logits.Length);
        Check.That(maxima.Length == sums.Length);
        Check.That(sums.Length > 0 && logits.Length % sums.Length == 0);
        Check.That(logits.Length / sums.Length % VirtualLanes.Count == 0);
        var kernel = new Kernel(logits, probabilities, maxima, sums);
        SimdKernel.Run(set, ref kernel);
    }

    private readonly ref struct Kernel(
        ReadOnlySpan<float> logits, Span<float> probabilities, Span<float> maxima, Span<float> sums) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _logits = logits;
        private readonly Span<float> _probabilities = probabilities;
        private readonly Span<float> _maxima = maxima;
        private readonly Span<float> _sums = sums;

        public void Run<S, V>()
            where S : struct, ISimd<V>
            where V : struct
        {
            int stride = _logits.Length / _sums.Length;
            float* lanes = stackalloc float[VirtualLanes.ScratchCount];
            lanes = VirtualLanes.Aligned(lanes);
            fixed (float* logits = _logits, probabilities = _probabilities, maxima = _maxima, sums = _sums)
            {
                int row = S.Width > 1 && stride == VirtualLanes.Count ? ShortRows<S, V>(logits, probabilities, maxima, sums) : 0;
                for (; row < _sums.Length; row++)
                {
                    float* z = logits + ((long)row * stride);
                    float* p = probabilities + ((long)row * stride);
                    maxima[row] = VirtualLanes.Max<S, V>(z, stride, lanes);
                    sums[row] = Exponentials<S, V>(z, p, stride, maxima[row], lanes);
                    Divide<S, V>(p, stride, sums[row]);
                }
            }
        }

        /// <summary>As many whole groups of rows as there are; returns the first row that is in none.</summary>
        private int ShortRows<S, V>(float* logits, float* probabilities, float* maxima, float* sums)
            where S : struct, ISimd<V>
            where V : struct
        {
            float* scratch = stackalloc float[SoftmaxShortRows<S, V>.ScratchCount + VirtualLanes.Count];
            scratch = VirtualLanes.Aligned(scratch);
            int row = 0;
            for (; row <= _sums.Length - S.Width; row += S.Width)
            {
                int at = row * VirtualLanes.Count;
                SoftmaxShortRows<S, V>.Run(logits + at, probabilities + at, maxima + row, sums + row, scratch);
            }

            return row;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float Exponentials<S, V>(float* z, float* p, int stride, float maximum, float* lanes)
            where S : struct, ISimd<V>
            where V : struct
        {
            V shift = S.Broadcast(maximum);
            for (int i = 0; i < stride; i += S.Width)
            {
                S.Store(p + i, Exp.Invoke<S, V>(S.Subtract(S.Load(z + i), shift)));
            }

            return VirtualLanes.Sum<S, V>(p, stride, lanes);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Divide<S, V>(float* p, int stride, float sum)
            where S : struct, ISimd<V>
            where V : struct
        {
            V divisor = S.Broadcast(sum);
            for (int i = 0; i < stride; i += S.Width)
            {
                S.Store(p + i, S.Divide(S.Load(p + i), divisor));
            }
        }
    }
}
