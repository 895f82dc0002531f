using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>A function of one float, for every SIMD width.</summary>
internal interface IUnaryOperator
{
    static abstract V Invoke<S, V>(V x)
        where S : struct, ISimd<V>
        where V : struct;
}

/// <summary>A function of two floats, for every SIMD width.</summary>
internal interface IBinaryOperator
{
    static abstract V Invoke<S, V>(V x, V y)
        where S : struct, ISimd<V>
        where V : struct;
}

/// <summary>
/// Applies a function to each element of equally long buffers. The destination may be a source itself, but not a shifted part of it.
/// </summary>
internal static unsafe class Map
{
    /// <summary>destination[i] = f(x[i]).</summary>
    public static void Unary<TOperator>(InstructionSet set, ReadOnlySpan<float> x, Span<float> destination)
        where TOperator : struct, IUnaryOperator
    {
        Check.That(x.Length == destination.Length);
        Check.That(!x.Overlaps(destination, out int shift) || shift == 0);
        var kernel = new UnaryKernel<TOperator>(x, destination);
        SimdKernel.Run(set, ref kernel);
    }

    /// <summary>destination[i] = f(x[i], y[i]).</summary>
    public static void Binary<TOperator>(InstructionSet set, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination)
        where TOperator : struct, IBinaryOperator
    {
        Check.That(x.Length == destination.Length);
        Check.That(y.Length == destination.Length);
        Check.That(!x.Overlaps(destination, out int shiftX) || shiftX == 0);
        Check.That(!y.Overlaps(destination, out int shiftY) || shiftY == 0);
        var kernel = new BinaryKernel<TOperator>(x, y, destination);
        SimdKernel.Run(set, ref kernel);
    }

    private readonly ref struct UnaryKernel<TOperator>(ReadOnlySpan<float> x, Span<float> destination) : ISimdKernel
        where TOperator : struct, IUnaryOperator
    {
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
            fixed (float* x = _x, destination = _destination)
            {
                for (int end = _destination.Length - S.Width; i <= end; i += S.Width)
                {
                    S.Store(destination + i, TOperator.Invoke<S, V>(S.Load(x + i)));
                }
            }

            return i;
        }
    }

    private readonly ref struct BinaryKernel<TOperator>(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination) : ISimdKernel
        where TOperator : struct, IBinaryOperator
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ReadOnlySpan<float> _y = y;
        private readonly Span<float> _destination = destination;

        public void Run<S, V>()
            where S : struct, ISimd<V>
            where V : struct => Part<SimdScalar, float>(Part<S, V>(0));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private int Part<S, V>(int i)
            where S : struct, ISimd<V>
            where V : struct
        {
            fixed (float* x = _x, y = _y, destination = _destination)
            {
                for (int end = _destination.Length - S.Width; i <= end; i += S.Width)
                {
                    S.Store(destination + i, TOperator.Invoke<S, V>(S.Load(x + i), S.Load(y + i)));
                }
            }

            return i;
        }
    }
}
