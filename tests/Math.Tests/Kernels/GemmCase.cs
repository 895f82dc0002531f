using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Tests.Kernels;

public enum GemmOperation
{
    NN,
    NT,
    TN,
    Tree,
}

public enum GemmFinish
{
    None,
    Bias,
    BiasRelu,
    ReluGradient,
}

/// <summary>One product with filled operands, computed by the reference and by a kernel into guarded matrices.</summary>
internal sealed class GemmCase
{
    private static readonly float[] Special =
    [
        float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, 0f, float.MaxValue, float.Epsilon, -1e-30f,
    ];
    private readonly GemmOperation operation;
    private readonly int M;
    private readonly int N;
    private readonly int K;
    private readonly bool accumulate;
    private readonly GemmFinish finish;
    private readonly int[] ends;
    private readonly GemmGuardedMatrix A;
    private readonly GemmGuardedMatrix B;
    private readonly GemmGuardedMatrix values;
    private readonly GemmGuardedMatrix expected;
    private readonly int gap;
    private readonly bool special;
    private uint state;

    public GemmCase(
        GemmOperation operation, int M, int N, int K,
        bool accumulate = false, GemmFinish finish = GemmFinish.None, int[]? ends = null, int gap = 0, bool special = false)
    {
        (this.operation, this.M, this.N, this.K) = (operation, M, N, K);
        (this.accumulate, this.finish, this.gap, this.special) = (accumulate, finish, gap, special);
        this.ends = ends ?? [K];
        state = (uint)((M * 73856093) ^ (N * 19349663) ^ (K * 83492791)) | 1;
        bool transposedA = operation is GemmOperation.TN or GemmOperation.Tree;
        A = transposedA ? Matrix(K, M, gap) : Matrix(M, K, gap);
        B = operation == GemmOperation.NT ? Matrix(N, K, gap * 2) : Matrix(K, N, gap * 2);
        values = finish == GemmFinish.ReluGradient ? Matrix(M, N, gap) : Matrix(1, N, 0);
        expected = Result();
        Reference();
    }

    /// <summary>Computes the product with <paramref name="gemm"/> and compares every bit.</summary>
    public void AssertBits(Gemm gemm)
    {
        GemmGuardedMatrix C = Result();
        Compute(gemm, C);
        string shape = $"{gemm.InstructionSet} {operation} {M}x{N}x{K} gap {gap}";
        C.AssertEquals(expected, $"{shape} accumulate {accumulate} {finish} leaves {ends.Length} special {special}");
    }

    /// <summary>Computes the product into <paramref name="C"/>.</summary>
    public void Compute(Gemm gemm, GemmGuardedMatrix C)
    {
        switch (operation)
        {
            case GemmOperation.NN:
                gemm.MultiplyNN(M, N, K, A.Span, A.Ld, B.Span, B.Ld, C.Span, C.Ld, accumulate, Epilogue());
                break;
            case GemmOperation.NT:
                gemm.MultiplyNT(M, N, K, A.Span, A.Ld, B.Span, B.Ld, C.Span, C.Ld, accumulate, Epilogue());
                break;
            case GemmOperation.TN:
                gemm.MultiplyTN(M, N, K, A.Span, A.Ld, B.Span, B.Ld, C.Span, C.Ld, accumulate, Epilogue());
                break;
            default:
                gemm.MultiplyTNTree(M, N, ends, A.Span, A.Ld, B.Span, B.Ld, C.Span, C.Ld);
                break;
        }
    }

    /// <summary>What C holds before the product.</summary>
    public GemmGuardedMatrix Result() => new(M, N, gap, (r, c) => (r * 0.25f) - (c * 0.5f));

    private void Reference()
    {
        GemmGuardedMatrix C = expected;
        switch (operation)
        {
            case GemmOperation.NN:
                GemmReference.MultiplyNN(M, N, K, A.Span, A.Ld, B.Span, B.Ld, C.Span, C.Ld, accumulate, Epilogue());
                break;
            case GemmOperation.NT:
                GemmReference.MultiplyNT(M, N, K, A.Span, A.Ld, B.Span, B.Ld, C.Span, C.Ld, accumulate, Epilogue());
                break;
            case GemmOperation.TN:
                GemmReference.MultiplyTN(M, N, K, A.Span, A.Ld, B.Span, B.Ld, C.Span, C.Ld, accumulate, Epilogue());
                break;
            default:
                GemmReference.MultiplyTNTree(M, N, ends, A.Span, A.Ld, B.Span, B.Ld, C.Span, C.Ld);
                break;
        }
    }

    private GemmEpilogue Epilogue() => finish switch
    {
        GemmFinish.Bias => GemmEpilogue.Bias(values.Span),
        GemmFinish.BiasRelu => GemmEpilogue.BiasRelu(values.Span),
        GemmFinish.ReluGradient => GemmEpilogue.ReluGradient(values.Span, values.Ld),
        _ => default,
    };

    private GemmGuardedMatrix Matrix(int rows, int columns, int rowGap) => new(rows, columns, rowGap, (_, _) => Next());

    /// <summary>Numbers of mixed magnitude, so that another order of addition shows; now and then, when asked for, a special one.</summary>
    private float Next()
    {
        state = (state * 1664525) + 1013904223;
        uint draw = state >> 8;
        if (special && draw % 61 == 0)
        {
            return Special[(draw / 61) % (uint)Special.Length];
        }

        return ((draw & 0xffff) - 32768f) / 32768f * ((draw & 0x10000) != 0 ? 1f : 0.0078125f);
    }
}
