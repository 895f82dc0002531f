namespace Distributed.Numerics.Kernels;

/// <summary>The four products at the width of <typeparamref name="S"/>: each names its strides and leaves the rest to the loops.</summary>
internal sealed unsafe class Gemm<S, V> : Gemm
    where S : struct, ISimd<V>
    where V : struct
{
    private readonly GemmLoops<S, V> _loops = new();
    private readonly GemmBuffer _result = new();
    private readonly GemmBuffer _rows = new();
    private readonly GemmBytes<S, V> _bytes = new();

    /// <inheritdoc/>
    public override InstructionSet InstructionSet => S.Set;

    /// <inheritdoc/>
    public override void MultiplyNN(
        int M, int N, int K, ReadOnlySpan<float> A, int lda, ReadOnlySpan<float> B, int ldb,
        Span<float> C, int ldc, bool accumulate, GemmEpilogue epilogue = default)
    {
        GemmCheck.Matrix(A, M, K, lda);
        GemmCheck.Matrix(B, K, N, ldb);
        Multiply(M, N, [K], A, lda, 1, B, ldb, 1, C, ldc, accumulate, epilogue);
    }

    /// <inheritdoc/>
    public override void MultiplyNT(
        int M, int N, int K, ReadOnlySpan<float> A, int lda, ReadOnlySpan<float> B, int ldb,
        Span<float> C, int ldc, bool accumulate, GemmEpilogue epilogue = default)
    {
        GemmCheck.Matrix(A, M, K, lda);
        GemmCheck.Matrix(B, N, K, ldb);
        Multiply(M, N, [K], A, lda, 1, B, 1, ldb, C, ldc, accumulate, epilogue);
    }

    /// <inheritdoc/>
    public override void MultiplyTN(
        int M, int N, int K, ReadOnlySpan<float> A, int lda, ReadOnlySpan<float> B, int ldb,
        Span<float> C, int ldc, bool accumulate, GemmEpilogue epilogue = default)
    {
        GemmCheck.Matrix(A, K, M, lda);
        GemmCheck.Matrix(B, K, N, ldb);
        Multiply(M, N, [K], A, 1, lda, B, ldb, 1, C, ldc, accumulate, epilogue);
    }

    /// <inheritdoc/>
    public override void MultiplyTNTree(
        int M, int N, ReadOnlySpan<int> ends, ReadOnlySpan<float> A, int lda, ReadOnlySpan<float> B, int ldb, Span<float> C, int ldc)
    {
        GemmCheck.Ends(ends);
        GemmCheck.Matrix(A, ends[^1], M, lda);
        GemmCheck.Matrix(B, ends[^1], N, ldb);
        Multiply(M, N, ends, A, 1, lda, B, ldb, 1, C, ldc, false, default);
    }

    /// <inheritdoc/>
    public override void MultiplyNNFrom(
        int M, int N, ReadOnlySpan<int> places, ReadOnlySpan<float> A, ReadOnlySpan<float> B, Span<float> C, int ldc, GemmEpilogue epilogue)
    {
        int K = places.Length;
        GemmCheck.Matrix(A, M, K, K);
        GemmCheck.Places(places, B.Length / N);
        GemmCheck.Matrix(C, M, N, ldc);
        epilogue.CheckCovers(M, N);
        fixed (float* a = A, b = B, c = C, values = epilogue.Values)
        fixed (int* steps = places)
        {
            var product = new GemmOperands
            {
                Rows = M, Columns = N, A = a, ARow = K, AStep = 1, B = b, BStep = N, BColumn = 1, C = c, CRow = ldc, CColumn = 1,
                StepPlaces = steps, Ends = &K, Leaves = 1, Epilogue = epilogue.Kind, EpilogueValues = values, EpilogueLd = epilogue.Ld,
            };
            _loops.Run(GemmLoops<S, V>.CanPlaceSteps(product) ? product : GatherSteps(product, B.Length));
        }
    }

    /// <inheritdoc/>
    public override void MultiplyTNTreeInto(
        int N, ReadOnlySpan<int> places, ReadOnlySpan<int> ends, ReadOnlySpan<float> A, ReadOnlySpan<float> B, int ldb, Span<float> C)
    {
        int M = places.Length;
        GemmCheck.Ends(ends);
        GemmCheck.Matrix(A, ends[^1], M, M);
        GemmCheck.Matrix(B, ends[^1], N, ldb);
        GemmCheck.Places(places, C.Length / N);
        fixed (float* a = A, b = B, c = C)
        fixed (int* leafEnds = ends, rows = places)
        {
            var product = new GemmOperands
            {
                Rows = M, Columns = N, A = a, ARow = 1, AStep = M, B = b, BStep = ldb, BColumn = 1, C = c, CRow = N, CColumn = 1, Places = rows,
                Ends = leafEnds, Leaves = ends.Length,
            };
            if (GemmLoops<S, V>.CanPlaceRows(product))
            {
                _loops.Run(product);
            }
            else
            {
                RunAndPlace(product, C.Length);
            }
        }
    }

    /// <inheritdoc/>
    internal override bool TakesBytes(int N) => GemmBytes<S, V>.Takes(N);

    /// <inheritdoc/>
    internal override void MultiplyNN(
        int M, int N, int K, ByteMatrix A, ReadOnlySpan<float> B, int ldb, Span<float> C, int ldc, GemmEpilogue epilogue)
    {
        A.CheckCovers(M, K);
        GemmCheck.Matrix(B, K, N, ldb);
        MultiplyBytes(M, N, [K], A, isGradient: false, B, ldb, C, ldc, accumulate: false, epilogue);
    }

    /// <inheritdoc/>
    internal override void MultiplyTN(
        int M, int N, int K, ByteMatrix A, ReadOnlySpan<float> B, int ldb, Span<float> C, int ldc, bool accumulate)
    {
        A.CheckCovers(K, M);
        GemmCheck.Matrix(B, K, N, ldb);
        MultiplyBytes(M, N, [K], A, isGradient: true, B, ldb, C, ldc, accumulate, default);
    }

    /// <inheritdoc/>
    internal override void MultiplyTNTree(
        int M, int N, ReadOnlySpan<int> ends, ByteMatrix A, ReadOnlySpan<float> B, int ldb, Span<float> C, int ldc)
    {
        GemmCheck.Ends(ends);
        A.CheckCovers(ends[^1], M);
        GemmCheck.Matrix(B, ends[^1], N, ldb);
        MultiplyBytes(M, N, ends, A, isGradient: true, B, ldb, C, ldc, accumulate: false, default);
    }

    /// <summary>The result goes to memory of its own first, and from there row by row to its places.</summary>
    private void RunAndPlace(in GemmOperands product, int floatsMax)
    {
        float* result = _result.Reserve(floatsMax);
        _loops.Run(product with { C = result, Places = null });
        for (int i = 0; i < product.Rows; i++, result += product.Columns)
        {
            float* row = product.C + (product.Places[i] * product.CRow);
            new ReadOnlySpan<float>(result, product.Columns).CopyTo(new Span<float>(row, product.Columns));
        }
    }

    /// <summary>The same product with the rows of B copied one after the other.</summary>
    private GemmOperands GatherSteps(in GemmOperands product, int floatsMax)
    {
        float* rows = _rows.Reserve(floatsMax);
        for (int k = 0; k < product.K; k++)
        {
            float* row = product.B + (product.StepPlaces[k] * product.BStep);
            new ReadOnlySpan<float>(row, product.Columns).CopyTo(new Span<float>(rows + ((nint)k * product.Columns), product.Columns));
        }

        return product with { B = rows, StepPlaces = null };
    }

    private void MultiplyBytes(
        int M, int N, ReadOnlySpan<int> ends, ByteMatrix A, bool isGradient, ReadOnlySpan<float> B, int ldb,
        Span<float> C, int ldc, bool accumulate, GemmEpilogue epilogue)
    {
        Check.That(TakesBytes(N));
        GemmCheck.Matrix(C, M, N, ldc);
        if (M == 0 || N == 0)
        {
            return;
        }

        epilogue.CheckCovers(M, N);
        fixed (byte* a = A.Values)
        fixed (float* b = B, c = C, values = epilogue.Values)
        fixed (int* leafEnds = ends)
        {
            var product = new GemmOperands
            {
                Rows = M, Columns = N, B = b, BStep = ldb, BColumn = 1, C = c, CRow = ldc, CColumn = 1,
                Ends = leafEnds, Leaves = ends.Length, Accumulate = accumulate,
                Epilogue = epilogue.Kind, EpilogueValues = values, EpilogueLd = epilogue.Ld,
            };
            if (isGradient)
            {
                _bytes.Gradient(a, A.Ld, A.Scale, product);
            }
            else
            {
                _bytes.Forward(a, A.Ld, A.Scale, product, A.Ahead);
            }
        }
    }

    private void Multiply(
        int M, int N, ReadOnlySpan<int> ends, ReadOnlySpan<float> A, int aRow, int aStep, ReadOnlySpan<float> B, int bStep, int bColumn,
        Span<float> C, int ldc, bool accumulate, GemmEpilogue epilogue)
    {
        GemmCheck.Matrix(C, M, N, ldc);
        if (M == 0 || N == 0)
        {
            return;
        }

        epilogue.CheckCovers(M, N);
        fixed (float* a = A, b = B, c = C, values = epilogue.Values)
        fixed (int* leafEnds = ends)
        {
            var product = new GemmOperands
            {
                Rows = M, Columns = N,
                A = a, ARow = aRow, AStep = aStep,
                B = b, BStep = bStep, BColumn = bColumn,
                C = c, CRow = ldc, CColumn = 1,
                Ends = leafEnds, Leaves = ends.Length, Accumulate = accumulate,
                Epilogue = epilogue.Kind, EpilogueValues = values, EpilogueLd = epilogue.Ld,
            };
            _loops.Run(product);
        }
    }
}
