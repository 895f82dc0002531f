using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>
/// Reductions that run along a row. Element i belongs to virtual lane i mod 16 whatever the hardware's width; a lane takes its elements in
/// index order, from +0 for sums;
/// the lanes then meet in the fixed tree (l, l+8), (l, l+4), (l, l+2), (l, l+1).
/// </summary>
internal static unsafe class VirtualLanes
{
    /// <summary>Virtual lanes: as many as the widest vector has floats.</summary>
    public const int Count = 16;

    /// <summary>Σ x[i].</summary>
    public static float Sum(InstructionSet set, ReadOnlySpan<float> x)
    {
        var kernel = new SumKernel(x);
        SimdKernel.Run(set, ref kernel);
        return kernel.Result;
    }

    /// <summary>The largest x[i] of whole blocks of lanes, NaN aside; -Inf where there is none.</summary>
    public static float Max(InstructionSet set, ReadOnlySpan<float> x)
    {
        Check.That(x.Length % Count == 0);
        var kernel = new MaxKernel(x);
        SimdKernel.Run(set, ref kernel);
        return kernel.Result;
    }

    /// <summary>Σ x[i] for <paramref name="length"/> floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum<S, V>(float* x, int length)
        where S : struct, ISimd<V>
        where V : struct
    {
        float* lanes = stackalloc float[Count];
        int whole = length - (length % Count);
        for (int lane = 0; lane < Count; lane += S.Width)
        {
            V sum = S.Zero;
            for (int i = lane; i < whole; i += Count)
            {
                sum = S.Add(sum, S.Load(x + i));
            }

            S.Store(lanes + lane, sum);
        }

        for (int i = whole; i < length; i++)
        {
            lanes[i - whole] += x[i];
        }

        return Meet(lanes);
    }

    /// <summary>
    /// The largest x[i], NaN aside; -Inf where there is none. <paramref name="length"/> is a multiple of <see cref="Count"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max<S, V>(float* x, int length)
        where S : struct, ISimd<V>
        where V : struct
    {
        float* lanes = stackalloc float[Count];
        for (int lane = 0; lane < Count; lane += S.Width)
        {
            V highest = S.Broadcast(float.NegativeInfinity);
            for (int i = lane; i < length; i += Count)
            {
                V next = S.Load(x + i);
                highest = S.Select(S.GreaterThan(next, highest), next, highest);
            }

            S.Store(lanes + lane, highest);
        }

        float result = lanes[0];
        for (int lane = 1; lane < Count; lane++)
        {
            result = lanes[lane] > result ? lanes[lane] : result;
        }

        return result;
    }

    private static float Meet(float* lanes)
    {
        for (int half = Count / 2; half >= 1; half /= 2)
        {
            for (int lane = 0; lane < half; lane++)
            {
                lanes[lane] += lanes[lane + half];
            }
        }

        return lanes[0];
    }

    private ref struct SumKernel(ReadOnlySpan<float> x) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;

        public float Result { get; private set; }

        public void Run<S, V>()
            where S : struct, ISimd<V>
            where V : struct
        {
            fixed (float* x = _x)
            {
                Result = Sum<S, V>(x, _x.Length);
            }
        }
    }

    private ref struct MaxKernel(ReadOnlySpan<float> x) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = x;

        public float Result { get; private set; }

        public void Run<S, V>()
            where S : struct, ISimd<V>
            where V : struct
        {
            fixed (float* x = _x)
            {
                Result = Max<S, V>(x, _x.Length);
            }
        }
    }
}
