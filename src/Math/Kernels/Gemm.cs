namespace Distributed.Numerics.Kernels;

/// <summary>
/// Matrix products in float32, row-major, at one SIMD width, with exactly the bits of <see cref="GemmReference"/>.
/// ld is the distance between two rows in floats. C may not overlap another operand.
/// An instance owns its packing buffers: one per compute thread, not thread-safe. After the first call of a shape it allocates nothing.
/// </summary>
public abstract class Gemm
{
    private protected Gemm()
    {
    }

    /// <summary>The width in use.</summary>
    public abstract InstructionSet InstructionSet { get; }

    /// <summary>
    /// Kernels of the given width.
    /// Throws <see cref="PlatformNotSupportedException"/> where <see cref="InstructionSets.IsSupported"/> is false.
    /// </summary>
    public static Gemm Create(InstructionSet set)
    {
        if (!InstructionSets.IsSupported(set))
        {
            throw new PlatformNotSupportedException($"This processor or runtime does not offer {set} with a fused multiply-add.");
        }

        return set switch
        {
            InstructionSet.Vector512 => new Gemm<Simd512, System.Runtime.Intrinsics.Vector512<float>>(),
            InstructionSet.Vector256 => new Gemm<Simd256, System.Runtime.Intrinsics.Vector256<float>>(),
            InstructionSet.Vector128 => new Gemm<Simd128, System.Runtime.Intrinsics.Vector128<float>>(),
            _ => new Gemm<SimdScalar, float>(),
        };
    }

    /// <summary>
    /// C[m,n] = Σₖ A[m,k]·B[k,n]. A is M×K, B is K×N, C is M×N. The chain starts at +0, or at C with <paramref name="accumulate"/>.
    /// </summary>
    public abstract void MultiplyNN(
        int M, int N, int K, ReadOnlySpan<float> A, int lda, ReadOnlySpan<float> B, int ldb,
        Span<float> C, int ldc, bool accumulate, GemmEpilogue epilogue = default);

    /// <summary>C[m,n] = Σₖ A[m,k]·B[n,k]. A is M×K, B is N×K, C is M×N.</summary>
    public abstract void MultiplyNT(
        int M, int N, int K, ReadOnlySpan<float> A, int lda, ReadOnlySpan<float> B, int ldb,
        Span<float> C, int ldc, bool accumulate, GemmEpilogue epilogue = default);

    /// <summary>C[m,n] = Σₖ A[k,m]·B[k,n]. A is K×M, B is K×N, C is M×N.</summary>
    public abstract void MultiplyTN(
        int M, int N, int K, ReadOnlySpan<float> A, int lda, ReadOnlySpan<float> B, int ldb,
        Span<float> C, int ldc, bool accumulate, GemmEpilogue epilogue = default);

    /// <summary>
    /// A weight gradient: C = the root of the <see cref="Reduction.ReductionTree"/> whose leaf i is Σ A[r,m]·B[r,n] over the rows
    /// r in [ends[i-1], ends[i]), each leaf a chain from +0. A is R×M, B is R×N with R = the last end, C is M×N and is overwritten.
    /// </summary>
    /// <param name="M">Rows of C.</param>
    /// <param name="N">Columns of C.</param>
    /// <param name="ends">Where the rows of each leaf end, not decreasing, at least one.</param>
    /// <param name="A">R×M.</param>
    /// <param name="lda">At least M.</param>
    /// <param name="B">R×N.</param>
    /// <param name="ldb">At least N.</param>
    /// <param name="C">M×N.</param>
    /// <param name="ldc">At least N.</param>
    public abstract void MultiplyTNTree(
        int M, int N, ReadOnlySpan<int> ends, ReadOnlySpan<float> A, int lda, ReadOnlySpan<float> B, int ldb, Span<float> C, int ldc);

    /// <summary>C[m,n] = Σₖ A[m,k]·B[places[k],n], then the epilogue: a product with some rows of B.</summary>
    /// <param name="M">Rows of A and C.</param>
    /// <param name="N">Columns of B and C; B has no gaps.</param>
    /// <param name="places">One for each column of A, ascending.</param>
    /// <param name="A">M×(as many as places), without gaps.</param>
    /// <param name="B">More than the last place × N.</param>
    /// <param name="C">M×N, overwritten.</param>
    /// <param name="ldc">At least N.</param>
    /// <param name="epilogue">What is done to the sums.</param>
    public abstract void MultiplyNNFrom(
        int M, int N, ReadOnlySpan<int> places, ReadOnlySpan<float> A, ReadOnlySpan<float> B, Span<float> C, int ldc, GemmEpilogue epilogue);

    /// <summary><see cref="MultiplyTNTree"/> with row i of the result in row <paramref name="places"/>[i] of C; the other rows are left alone.</summary>
    /// <param name="N">Columns of C, which lie without gaps.</param>
    /// <param name="places">One for each column of A, ascending.</param>
    /// <param name="ends">Where the rows of each leaf end, not decreasing, at least one.</param>
    /// <param name="A">R×(as many as places), without gaps.</param>
    /// <param name="B">R×N.</param>
    /// <param name="ldb">At least N.</param>
    /// <param name="C">More than the last place × N.</param>
    public abstract void MultiplyTNTreeInto(
        int N, ReadOnlySpan<int> places, ReadOnlySpan<int> ends, ReadOnlySpan<float> A, ReadOnlySpan<float> B, int ldb, Span<float> C);

    /// <summary>True where A may be bytes in a product with <paramref name="N"/> columns: with more, floats are faster.</summary>
    internal abstract bool TakesBytes(int N);

    /// <inheritdoc cref="MultiplyNN(int, int, int, ReadOnlySpan{float}, int, ReadOnlySpan{float}, int, Span{float}, int, bool, GemmEpilogue)"/>
    internal abstract void MultiplyNN(
        int M, int N, int K, ByteMatrix A, ReadOnlySpan<float> B, int ldb, Span<float> C, int ldc, GemmEpilogue epilogue);

    /// <inheritdoc cref="MultiplyTN(int, int, int, ReadOnlySpan{float}, int, ReadOnlySpan{float}, int, Span{float}, int, bool, GemmEpilogue)"/>
    internal abstract void MultiplyTN(
        int M, int N, int K, ByteMatrix A, ReadOnlySpan<float> B, int ldb, Span<float> C, int ldc, bool accumulate);

    /// <inheritdoc cref="MultiplyTNTree(int, int, ReadOnlySpan{int}, ReadOnlySpan{float}, int, ReadOnlySpan{float}, int, Span{float}, int)"/>
    internal abstract void MultiplyTNTree(
        int M, int N, ReadOnlySpan<int> ends, ByteMatrix A, ReadOnlySpan<float> B, int ldb, Span<float> C, int ldc);
}
