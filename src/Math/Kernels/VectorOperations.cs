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

    /// <summary>parent[i] = left[i] + right[i]: the same, out of place where <paramref name="parent"/> is neither.</summary>
    public static void Sum(InstructionSet set, ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> parent) =>
        Map.Binary<Add>(set, left, right, parent);

    /// <summary>The index of the first NaN or infinity, or -1 when every value is finite.</summary>
    public static int FirstNonFinite(InstructionSet set, ReadOnlySpan<float> values) => NonFiniteSearch.First(set, values);
}
