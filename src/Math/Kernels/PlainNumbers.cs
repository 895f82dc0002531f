using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>
/// Numbers of ordinary size: a product of two is so far from the smallest numbers that no sum of such products rounds to 0 unless it is 0.
/// With |x| ≥ 2⁻²⁰ and |w| ≥ 2⁻⁶⁰, and 24 bits each, every product, and so every sum of them however it is rounded, is a multiple of 2⁻¹²⁶.
/// </summary>
internal static unsafe class PlainNumbers
{
    private const int Magnitude = int.MaxValue;

    /// <summary>2⁻⁶⁰ and 2⁶⁰.</summary>
    private const int WeightLeast = (127 - 60) << 23, WeightMost = (127 + 60) << 23;

    /// <summary>2⁻²⁰ and 2²⁰.</summary>
    private const float FeatureLeast = 1f / (1 << 20), FeatureMost = 1 << 20;

    /// <summary>True when every feature that a byte can become is 0 or of ordinary size.</summary>
    public static bool AreFeatures(ByteScale scale)
    {
        for (int x = 0; x <= byte.MaxValue; x++)
        {
            float feature = System.Math.Abs((x - scale.Offset) * scale.Factor);
            if (feature != 0f && !(feature >= FeatureLeast && feature <= FeatureMost))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when every weight is of ordinary size, none being 0, infinite or NaN.</summary>
    public static bool AreWeights(InstructionSet set, ReadOnlySpan<float> weights)
    {
        var kernel = new Kernel(weights);
        SimdKernel.Run(set, ref kernel);
        return kernel.ArePlain;
    }

    private ref struct Kernel(ReadOnlySpan<float> weights) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _weights = weights;

        public bool ArePlain { get; private set; } = true;

        public void Run<S, V>()
            where S : struct, ISimd<V>
            where V : struct => Part<SimdScalar, float>(Part<S, V>(0));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private int Part<S, V>(int i)
            where S : struct, ISimd<V>
            where V : struct
        {
            V magnitude = S.Broadcast(BitConverter.Int32BitsToSingle(Magnitude));
            V least = S.Broadcast(BitConverter.Int32BitsToSingle(WeightLeast));
            V most = S.Broadcast(BitConverter.Int32BitsToSingle(WeightMost));
            V outside = S.Zero;
            fixed (float* weights = _weights)
            {
                for (int end = _weights.Length - S.Width; i <= end; i += S.Width)
                {
                    // As integers: a difference is negative, its first bit set, where a bound is passed.
                    V size = S.And(S.Load(weights + i), magnitude);
                    outside = S.Or(outside, S.Or(S.SubtractBits(size, least), S.SubtractBits(most, size)));
                }
            }

            V sign = S.ShiftBitsRight(outside, 31);
            ArePlain &= !S.AnyClear(S.EqualTo(S.BitsToFloat(sign), S.Zero));
            return i;
        }
    }
}
