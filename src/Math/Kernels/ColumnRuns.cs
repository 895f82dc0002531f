using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>Neighbouring columns of a matrix that are neighbours in a narrower one too.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Place">Where that lies in the narrower matrix.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct FeatureRun(int First, int Place, int Count);

/// <summary>Copies some columns of a matrix.</summary>
internal static unsafe class ColumnRuns
{
    /// <summary>Row by row, the runs one behind the other.</summary>
    /// <param name="set">The SIMD width.</param>
    /// <param name="from">Row-major, <paramref name="fromColumns"/> wide.</param>
    /// <param name="fromColumns">Its columns.</param>
    /// <param name="runs">In ascending order.</param>
    /// <param name="to">Row-major, <paramref name="toColumns"/> wide, with as many rows.</param>
    /// <param name="toColumns">The columns of all runs.</param>
    public static void Copy(
        InstructionSet set, ReadOnlySpan<float> from, int fromColumns, ReadOnlySpan<FeatureRun> runs, Span<float> to, int toColumns)
    {
        Check.That(from.Length / fromColumns == to.Length / toColumns);
        Check.That(runs[^1].First + runs[^1].Count <= fromColumns);
        Check.That(runs[^1].Place + runs[^1].Count == toColumns);
        var kernel = new Kernel(from, fromColumns, runs, to, toColumns);
        SimdKernel.Run(set, ref kernel);
    }

    private readonly ref struct Kernel(
        ReadOnlySpan<float> from, int fromColumns, ReadOnlySpan<FeatureRun> runs, Span<float> to, int toColumns) : ISimdKernel
    {
        private readonly ReadOnlySpan<float> _from = from;
        private readonly ReadOnlySpan<FeatureRun> _runs = runs;
        private readonly Span<float> _to = to;
        private readonly int _fromColumns = fromColumns;
        private readonly int _toColumns = toColumns;

        public void Run<S, V>()
            where S : struct, ISimd<V>
            where V : struct
        {
            int rows = _to.Length / _toColumns;
            fixed (float* from = _from, to = _to)
            {
                for (int row = 0; row < rows; row++)
                {
                    Row<S, V>(from + ((nint)row * _fromColumns), to + ((nint)row * _toColumns));
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Row<S, V>(float* from, float* to)
            where S : struct, ISimd<V>
            where V : struct
        {
            foreach (FeatureRun run in _runs)
            {
                float* source = from + run.First;
                float* target = to + run.Place;
                int i = 0;
                for (; i <= run.Count - S.Width; i += S.Width)
                {
                    S.Store(target + i, S.Load(source + i));
                }

                if (i < run.Count)
                {
                    S.StoreFirst(target + i, S.LoadFirst(source + i, run.Count - i), run.Count - i);
                }
            }
        }
    }
}
