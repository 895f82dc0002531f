using System.Numerics;

namespace Distributed.Numerics.Kernels;

/// <summary>
/// The plain loops that define the bits of every matrix product in this program. Row-major; ld is the distance between two rows in floats.
/// Each output is one chain of fused multiply-adds in index order, started from +0 or, when <c>accumulate</c> is set, from what C already
/// holds.
/// </summary>
public static class GemmReference
{
    /// <summary>C[m,n] = Σₖ A[m,k]·B[k,n]. A is M×K, B is K×N, C is M×N.</summary>
    public static void MultiplyNN(
        int M, int N, int K, ReadOnlySpan<float> A, int lda, ReadOnlySpan<float> B, int ldb,
        Span<float> C, int ldc, bool accumulate, GemmEpilogue epilogue = default)
    {
        for (int m = 0; m < M; m++)
        {
            for (int n = 0; n < N; n++)
            {
                float sum = accumulate ? C[(m * ldc) + n] : 0f;
                for (int k = 0; k < K; k++)
                {
                    sum = MathF.FusedMultiplyAdd(A[(m * lda) + k], B[(k * ldb) + n], sum);
                }

                C[(m * ldc) + n] = Finish(sum, m, n, epilogue);
            }
        }
    }

    /// <summary>C[m,n] = Σₖ A[m,k]·B[n,k]. A is M×K, B is N×K, C is M×N.</summary>
    public static void MultiplyNT(
        int M, int N, int K, ReadOnlySpan<float> A, int lda, ReadOnlySpan<float> B, int ldb,
        Span<float> C, int ldc, bool accumulate, GemmEpilogue epilogue = default)
    {
        for (int m = 0; m < M; m++)
        {
            for (int n = 0; n < N; n++)
            {
                float sum = accumulate ? C[(m * ldc) + n] : 0f;
                for (int k = 0; k < K; k++)
                {
                    sum = MathF.FusedMultiplyAdd(A[(m * lda) + k], B[(n * ldb) + k], sum);
                }

                C[(m * ldc) + n] = Finish(sum, m, n, epilogue);
            }
        }
    }

    /// <summary>C[m,n] = Σₖ A[k,m]·B[k,n]. A is K×M, B is K×N, C is M×N.</summary>
    public static void MultiplyTN(
        int M, int N, int K, ReadOnlySpan<float> A, int lda, ReadOnlySpan<float> B, int ldb,
        Span<float> C, int ldc, bool accumulate, GemmEpilogue epilogue = default)
    {
        for (int m = 0; m < M; m++)
        {
            for (int n = 0; n < N; n++)
            {
                float sum = accumulate ? C[(m * ldc) + n] : 0f;
                for (int k = 0; k < K; k++)
                {
                    sum = MathF.FusedMultiplyAdd(A[(k * lda) + m], B[(k * ldb) + n], sum);
                }

                C[(m * ldc) + n] = Finish(sum, m, n, epilogue);
            }
        }
    }

    /// <summary>
    /// C = the root of the reduction tree whose leaf i is Σ A[r,m]·B[r,n] over r in [ends[i-1], ends[i]). A is R×M, B is R×N, C is M×N.
    /// </summary>
    public static void MultiplyTNTree(
        int M, int N, ReadOnlySpan<int> ends, ReadOnlySpan<float> A, int lda, ReadOnlySpan<float> B, int ldb, Span<float> C, int ldc)
    {
        float[] leaves = new float[ends.Length];
        for (int m = 0; m < M; m++)
        {
            for (int n = 0; n < N; n++)
            {
                for (int leaf = 0; leaf < ends.Length; leaf++)
                {
                    float sum = 0f;
                    for (int r = leaf == 0 ? 0 : ends[leaf - 1]; r < ends[leaf]; r++)
                    {
                        sum = MathF.FusedMultiplyAdd(A[(r * lda) + m], B[(r * ldb) + n], sum);
                    }

                    leaves[leaf] = sum;
                }

                C[(m * ldc) + n] = Node(leaves, 0, (int)BitOperations.RoundUpToPowerOf2((uint)ends.Length));
            }
        }
    }

    /// <summary>
    /// The node of the reduction tree over <paramref name="width"/> leaves from <paramref name="first"/>: left + right, or left
    /// alone.
    /// </summary>
    private static float Node(ReadOnlySpan<float> leaves, int first, int width)
    {
        if (width == 1)
        {
            return leaves[first];
        }

        float left = Node(leaves, first, width / 2);
        int middle = first + (width / 2);
        return middle < leaves.Length ? left + Node(leaves, middle, width / 2) : left;
    }

    private static float Finish(float sum, int m, int n, GemmEpilogue epilogue)
    {
        switch (epilogue.Kind)
        {
            case GemmEpilogueKind.Bias:
                return sum + epilogue.Values[n];
            case GemmEpilogueKind.BiasRelu:
                float biased = sum + epilogue.Values[n];
                return biased <= 0f ? 0f : biased;
            case GemmEpilogueKind.ReluGradient:
                return epilogue.Values[(m * epilogue.Ld) + n] > 0f ? sum : 0f;
            default:
                return sum;
        }
    }
}
