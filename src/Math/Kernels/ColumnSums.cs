using System.Numerics;
using System.Runtime.CompilerServices;

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
    public static void Run(InstructionSet set, int rows, ReadOnlySpan<float> X, int ld, Span<float> sums, bool accumulate) =>
        Run(set, [rows], X, ld, sums, accumulate);

    /// <summary>
    /// sums = the root of the <see cref="Reduction.ReductionTree"/> whose leaf i is the chain over the rows [ends[i-1], ends[i]).
    /// </summary>
    /// <param name="set">The SIMD width.</param>
    /// <param name="ends">Where the rows of each leaf end, not decreasing, at least one.</param>
    /// <param name="X">Row-major, <paramref name="ld"/> floats between rows.</param>
    /// <param name="ld">At least the columns.</param>
    /// <param name="sums">One per column.</param>
    public static void Tree(InstructionSet set, ReadOnlySpan<int> ends, ReadOnlySpan<float> X, int ld, Span<float> sums) =>
        Run(set, ends, X, ld, sums, accumulate: false);

    private static void Run(InstructionSet set, ReadOnlySpan<int> ends, ReadOnlySpan<float> X, int ld, Span<float> sums, bool accumulate)
    {
        GemmCheck.Ends(ends);
        GemmCheck.Matrix(X, ends[^1], sums.Length, ld);
        var kernel = new Kernel(ends, X, ld, sums, accumulate);
        SimdKernel.Run(set, ref kernel);
    }

    private readonly ref struct Kernel(
        ReadOnlySpan<int> ends, ReadOnlySpan<float> X, int ld, Span<float> sums, bool accumulate) : ISimdKernel
    {
        private const int HeightsMax = 32;

        /// <summary>Registers side by side: their chains do not wait for each other.</summary>
        private const int Registers = 4;

        private readonly ReadOnlySpan<int> _ends = ends;
        private readonly ReadOnlySpan<float> _x = X;
        private readonly int _ld = ld;
        private readonly Span<float> _sums = sums;
        private readonly bool _accumulate = accumulate;

        public void Run<S, V>()
            where S : struct, ISimd<V>
            where V : struct
        {
            // One place for each height of the tree, four registers wide.
            float* stack = stackalloc float[HeightsMax * Registers * S.Width];
            int column = 0;
            fixed (float* x = _x, sums = _sums)
            {
                for (; column <= _sums.Length - (Registers * S.Width); column += Registers * S.Width)
                {
                    Columns<S, V>(x + column, sums + column, stack);
                }

                for (; column <= _sums.Length - S.Width; column += S.Width)
                {
                    Column<S, V>(x + column, sums + column, stack);
                }

                for (; column < _sums.Length; column++)
                {
                    Column<SimdScalar, float>(x + column, sums + column, stack);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Columns<S, V>(float* x, float* sums, float* stack)
            where S : struct, ISimd<V>
            where V : struct
        {
            int width = S.Width;
            int row = 0;
            for (int leaf = 0; leaf < _ends.Length; leaf++)
            {
                V a = Start<S, V>(sums), b = Start<S, V>(sums + width);
                V c = Start<S, V>(sums + (2 * width)), d = Start<S, V>(sums + (3 * width));
                for (int end = _ends[leaf]; row < end; row++, x += _ld)
                {
                    a = S.Add(a, S.Load(x));
                    b = S.Add(b, S.Load(x + width));
                    c = S.Add(c, S.Load(x + (2 * width)));
                    d = S.Add(d, S.Load(x + (3 * width)));
                }

                for (int joins = Joins(leaf); joins > 0; joins--)
                {
                    stack -= Registers * width;
                    a = S.Add(S.Load(stack), a);
                    b = S.Add(S.Load(stack + width), b);
                    c = S.Add(S.Load(stack + (2 * width)), c);
                    d = S.Add(S.Load(stack + (3 * width)), d);
                }

                float* to = leaf == _ends.Length - 1 ? sums : stack;
                S.Store(to, a);
                S.Store(to + width, b);
                S.Store(to + (2 * width), c);
                S.Store(to + (3 * width), d);
                stack += Registers * width;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Column<S, V>(float* x, float* sums, float* stack)
            where S : struct, ISimd<V>
            where V : struct
        {
            int row = 0;
            for (int leaf = 0; leaf < _ends.Length; leaf++)
            {
                V sum = Start<S, V>(sums);
                for (int end = _ends[leaf]; row < end; row++, x += _ld)
                {
                    sum = S.Add(sum, S.Load(x));
                }

                for (int joins = Joins(leaf); joins > 0; joins--)
                {
                    stack -= S.Width;
                    sum = S.Add(S.Load(stack), sum);
                }

                S.Store(leaf == _ends.Length - 1 ? sums : stack, sum);
                stack += S.Width;
            }
        }

        /// <summary>A continued chain has a single leaf.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private V Start<S, V>(float* sums)
            where S : struct, ISimd<V>
            where V : struct => _accumulate ? S.Load(sums) : S.Zero;

        /// <summary>Nodes of the tree that are complete with this leaf: the stack's top is the left sibling of what was computed last.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private int Joins(int leaf) =>
            leaf == _ends.Length - 1 ? BitOperations.PopCount((uint)leaf) : BitOperations.TrailingZeroCount(~leaf);
    }
}
