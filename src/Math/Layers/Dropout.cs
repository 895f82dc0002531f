using System.Runtime.CompilerServices;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Random;

namespace Distributed.Numerics.Layers;

/// <summary>
/// Inverted dropout: a unit is dropped with probability p and multiplied by 1/(1-p) otherwise, in training only. The mask is a pure
/// function of (seed, step, sample position in the minibatch, layer, unit), so it is not stored: the backward pass draws it again.
/// </summary>
internal static unsafe class Dropout
{
    /// <summary>Whole groups of random words, few enough for the stack.</summary>
    private const int UnitsAtOnce = 32 * PhiloxFill.GroupWords;

    /// <summary>The factor 1/(1-p) of the units that are kept.</summary>
    public static float KeptScale(float probability) => 1f / (1f - probability);

    /// <summary>
    /// Y = mask·X/(1-p), and dX = mask·dY/(1-p) for the backward pass. Dropped units become +0 whatever they held.
    /// </summary>
    /// <param name="set">The SIMD width.</param>
    /// <param name="mask">Which mask.</param>
    /// <param name="firstPosition">Position in the minibatch of the first row.</param>
    /// <param name="units">Columns.</param>
    /// <param name="x">Whole rows, without gaps.</param>
    /// <param name="destination">As long; may be <paramref name="x"/> itself.</param>
    public static void Apply(
        InstructionSet set, DropoutMask mask, int firstPosition, int units, ReadOnlySpan<float> x, Span<float> destination)
    {
        Check.That(x.Length == destination.Length);
        Check.That(x.Length % units == 0);
        Check.That(!x.Overlaps(destination, out int shift) || shift == 0);
        Span<uint> scratch = stackalloc uint[System.Math.Min(UnitsAtOnce, DropoutMask.Words(units))];
        for (int start = 0; start < x.Length; start += units)
        {
            int position = firstPosition + (start / units);
            for (int unit = 0; unit < units; unit += UnitsAtOnce)
            {
                int count = System.Math.Min(UnitsAtOnce, units - unit);
                Span<uint> random = scratch[..DropoutMask.Words(count)];
                mask.Fill(set, position, unit, random);
                var kernel = new Kernel(mask, random, x.Slice(start + unit, count), destination.Slice(start + unit, count));
                SimdKernel.Run(set, ref kernel);
            }
        }
    }

    private readonly ref struct Kernel(
        DropoutMask mask, ReadOnlySpan<uint> random, ReadOnlySpan<float> x, Span<float> destination) : ISimdKernel
    {
        private readonly float _cutoff = mask.Cutoff;
        private readonly float _scale = KeptScale(mask.Probability);
        private readonly ReadOnlySpan<uint> _random = random;
        private readonly ReadOnlySpan<float> _x = x;
        private readonly Span<float> _destination = destination;

        public void Run<S, V>()
            where S : struct, ISimd<V>
            where V : struct => Part<SimdScalar, float>(Part<S, V>(0));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private int Part<S, V>(int i)
            where S : struct, ISimd<V>
            where V : struct
        {
            V cutoff = S.Broadcast(_cutoff);
            V scale = S.Broadcast(_scale);
            fixed (uint* random = _random)
            fixed (float* x = _x, destination = _destination)
            {
                for (int end = _x.Length - S.Width; i <= end; i += S.Width)
                {
                    V draw = S.BitsToFloat(S.ShiftBitsRight(S.Load((float*)random + i), DropoutMask.UnusedBits));
                    V dropped = S.GreaterThan(cutoff, draw);
                    S.Store(destination + i, S.Select(dropped, S.Zero, S.Multiply(S.Load(x + i), scale)));
                }
            }

            return i;
        }
    }
}
