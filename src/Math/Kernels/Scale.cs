using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>Multiplies a buffer by one number, in place.</summary>
internal static unsafe class Scale
{
    /// <summary>values[i] *= factor.</summary>
    public static void InPlace(InstructionSet set, Span<float> values, float factor)
    {
        var kernel = new Kernel(values, factor);
        SimdKernel.Run(set, ref kernel);
    }

    private readonly ref struct Kernel(Span<float> values, float factor) : ISimdKernel
    {
        private readonly Span<float> _values = values;
        private readonly float _factor = factor;

        public void Run<S, V>()
            where S : struct, ISimd<V>
            where V : struct => Part<SimdScalar, float>(Part<S, V>(0));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private int Part<S, V>(int i)
            where S : struct, ISimd<V>
            where V : struct
        {
            V factor = S.Broadcast(_factor);
            fixed (float* values = _values)
            {
                for (int end = _values.Length - S.Width; i <= end; i += S.Width)
                {
                    S.Store(values + i, S.Multiply(S.Load(values + i), factor));
                }
            }

            return i;
        }
    }
}
