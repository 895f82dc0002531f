namespace Distributed.Numerics.Kernels;

/// <summary>Passes over whole buffers: what the reduction and its guards need. Every width gives the same bits.</summary>
public static class VectorOperations
{
    /// <summary>accumulator[i] += other[i]: two nodes of the reduction tree, left and right, become their parent.</summary>
    /// <param name="set">The SIMD width.</param>
    /// <param name="accumulator">The left node; becomes the parent.</param>
    /// <param name="other">The right node, as long.</param>
    public static void Accumulate(InstructionSet set, Span<float> accumulator, ReadOnlySpan<float> other) =>
        Add.Into(set, accumulator, other);

    /// <summary>The same on at most <paramref name="threads"/> threads, where there are enough elements.</summary>
    public static unsafe void Accumulate(InstructionSet set, Span<float> accumulator, ReadOnlySpan<float> other, int threads)
    {
        Check.That(accumulator.Length == other.Length);
        int used = ParallelRanges.ThreadsFor(accumulator.Length, threads);
        if (used == 1)
        {
            Accumulate(set, accumulator, other);
            return;
        }

        fixed (float* a = accumulator, b = other)
        {
            // The pointers stay pinned until every thread has returned.
            nint accumulatorAt = (nint)a;
            nint otherAt = (nint)b;
            ParallelRanges.Run(accumulator.Length, used, (start, count) => Accumulate(
                set, new Span<float>((float*)accumulatorAt + start, count), new ReadOnlySpan<float>((float*)otherAt + start, count)));
        }
    }

    /// <summary>The index of the first NaN or infinity, or -1 when every value is finite.</summary>
    public static int FirstNonFinite(InstructionSet set, ReadOnlySpan<float> values) => NonFiniteSearch.First(set, values);
}
