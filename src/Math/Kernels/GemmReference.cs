namespace Distributed.Numerics.Kernels;

/// <summary>
/// The plain loops that define the bits of every matrix product in this program. Row-major; ld is the distance between two rows in floats.
/// Each output is one chain of fused multiply-adds in index order, started from +0 or, when <c>accumulate</c> is set, from what C already holds.
/// </summary>
public static class GemmReference
{
    /// <summary>C[m,n] = Σₖ A[m,k]·B[k,n]. A is M×K, B is K×N, C is M×N.</summary>
    public static void MultiplyNN(int M, int N, int K, ReadOnlySpan<float> A, int lda, ReadOnlySpan<float> B, int ldb, Span<float> C, int ldc, bool accumulate)
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

                C[(m * ldc) + n] = sum;
            }
        }
    }

    /// <summary>C[m,n] = Σₖ A[m,k]·B[n,k]. A is M×K, B is N×K, C is M×N.</summary>
    public static void MultiplyNT(int M, int N, int K, ReadOnlySpan<float> A, int lda, ReadOnlySpan<float> B, int ldb, Span<float> C, int ldc, bool accumulate)
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

                C[(m * ldc) + n] = sum;
            }
        }
    }

    /// <summary>C[m,n] = Σₖ A[k,m]·B[k,n]. A is K×M, B is K×N, C is M×N.</summary>
    public static void MultiplyTN(int M, int N, int K, ReadOnlySpan<float> A, int lda, ReadOnlySpan<float> B, int ldb, Span<float> C, int ldc, bool accumulate)
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

                C[(m * ldc) + n] = sum;
            }
        }
    }
}
