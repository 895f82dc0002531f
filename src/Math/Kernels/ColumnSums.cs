using System.Buffers;
using System.Runtime.CompilerServices;
using Distributed.Numerics.Reduction;

namespace Distributed.Numerics.Kernels;

/// <summary>
/// Adds the rows of a matrix: each column is one chain of additions in row order. Lanes run across columns, so every width gives the same
/// bits.
/// </summary>
internal static unsafe class ColumnSums
{
    /// <summary>sums[n] = Σₘ X[m,n], started from +0 or, when <paramref name="accumulate"/> is set, from what sums already holds.</summary>
    /// <param name="set">The SIMD width.</param>
    /// <param name="rows">Rows of X.</param>
    /// <param name="X">Row-major, <paramref name="ld"/> floats between rows.</param>
    /// <param name="ld">At least the columns.</param>
    /// <param name="sums">One per column.</param>
    /// <param name="accumulate">Continues the chain.</param>
    public static void Run(InstructionSet set, int rows, ReadOnlySpan<float> X, int ld, Span<float> sums, bool accumulate)
    {
        Check.That(ld >= sums.Length);
        Check.That(rows == 0 || X.Length >= ((long)(rows - 1) * ld) + sums.Length);
        var kernel = new Kernel(rows, X, ld, sums, accumulate);
        SimdKernel.Run(set, ref kernel);
    }

    /// <summary>
    /// sums = the root of the <see cref="ReductionTree"/> whose leaf i is the chain over the rows [ends[i-1], ends[i]).
    /// </summary>
    /// <param name="set">The SIMD width.</param>
    /// <param name="ends">Where the rows of each leaf end, at least one.</param>
    /// <param name="X">Row-major, <paramref name="ld"/> floats between rows.</param>
    /// <param name="ld">At least the columns.</param>
    /// <param name="sums">One per column.</param>
    public static void Tree(InstructionSet set, ReadOnlySpan<int> ends, ReadOnlySpan<float> X, int ld, Span<float> sums) =>
        Node(set, firstRow: 0, ends, X, ld, sums);

    private static void Node(InstructionSet set, int firstRow, ReadOnlySpan<int> ends, ReadOnlySpan<float> X, int ld, Span<float> sums)
    {
        if (ends.Length == 1)
        {
            Run(set, ends[0] - firstRow, X[(firstRow * ld)..], ld, sums, accumulate: false);
            return;
        }

        (MicrobatchRange left, _) = ReductionTreeSplit.Children(new MicrobatchRange(0, ends.Length));
        float[]? rented = sums.Length > 1024 ? ArrayPool<float>.Shared.Rent(sums.Length) : null;
        Span<float> right = rented is null ? stackalloc float[sums.Length] : rented.AsSpan(0, sums.Length);
        Node(set, firstRow, ends[..left.Count], X, ld, sums);
        Node(set, ends[left.Count - 1], ends[left.Count..], X, ld, right);
        Add.Into(set, sums, right);
        if (rented is not null)
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    private readonly ref struct Kernel(int rows, ReadOnlySpan<float> X, int ld, Span<float> sums, bool accumulate) : ISimdKernel
    {
        private readonly int _rows = rows;
        private readonly ReadOnlySpan<float> _x = X;
        private readonly int _ld = ld;
        private readonly Span<float> _sums = sums;
        private readonly bool _accumulate = accumulate;

        public void Run<S, V>()
            where S : struct, ISimd<V>
            where V : struct => Part<SimdScalar, float>(Part<S, V>(0));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private int Part<S, V>(int column)
            where S : struct, ISimd<V>
            where V : struct
        {
            fixed (float* x = _x, sums = _sums)
            {
                for (int end = _sums.Length - S.Width; column <= end; column += S.Width)
                {
                    V sum = _accumulate ? S.Load(sums + column) : S.Zero;
                    float* next = x + column;
                    for (int row = 0; row < _rows; row++)
                    {
                        sum = S.Add(sum, S.Load(next));
                        next += _ld;
                    }

                    S.Store(sums + column, sum);
                }
            }

            return column;
        }
    }
}
