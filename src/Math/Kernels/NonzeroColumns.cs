using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>Finds the columns of a matrix that are not 0 in every row.</summary>
internal static unsafe class NonzeroColumns
{
    private const int MagnitudeBits = int.MaxValue;

    /// <summary>Writes their indices, ascending, and returns how many there are.</summary>
    /// <param name="set">The SIMD width.</param>
    /// <param name="X">Row-major without gaps.</param>
    /// <param name="columns">Columns of X.</param>
    /// <param name="any">Scratch, one per column.</param>
    /// <param name="found">Room for every column.</param>
    public static int Find(InstructionSet set, ReadOnlySpan<float> X, int columns, Span<float> any, Span<int> found)
    {
        Check.That(columns >= 1);
        Check.That(X.Length % columns == 0);
        Check.That(any.Length == columns);
        Check.That(found.Length == columns);
        var kernel = new Kernel(X, any);
        SimdKernel.Run(set, ref kernel);
        int count = 0;
        for (int column = 0; column < columns; column++)
        {
            // Written always and counted only where it is one, since the processor cannot guess which are.
            found[count] = column;
            count += (BitConverter.SingleToInt32Bits(any[column]) & MagnitudeBits) != 0 ? 1 : 0;
        }

        return count;
    }

    /// <summary>any[column] = the bits of all its values, or-ed.</summary>
    private readonly ref struct Kernel(ReadOnlySpan<float> X, Span<float> any) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _x = X;
        private readonly Span<float> _any = any;

        public void Run<S, V>()
            where S : struct, ISimd<V>
            where V : struct => Part<SimdScalar, float>(Part<S, V>(0));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private int Part<S, V>(int column)
            where S : struct, ISimd<V>
            where V : struct
        {
            int columns = _any.Length;
            int rows = _x.Length / columns;
            fixed (float* x = _x, any = _any)
            {
                for (; column <= columns - S.Width; column += S.Width)
                {
                    V bits = S.Zero;
                    float* next = x + column;
                    for (int row = 0; row < rows; row++, next += columns)
                    {
                        bits = S.Or(bits, S.Load(next));
                    }

                    S.Store(any + column, bits);
                }
            }

            return column;
        }
    }
}
