using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Layers;

/// <summary>A dense layer Y = X·W + b with W in×out, row-major. Rows are samples.</summary>
internal static class Dense
{
    /// <summary>Y = X·W + b.</summary>
    public static void Forward(Gemm gemm, int rows, ReadOnlySpan<float> X, DenseParameters parameters, Span<float> Y, int ldy) =>
        gemm.MultiplyNN(
            rows, parameters.Out, parameters.In, X, parameters.In, parameters.W, parameters.Out, Y, ldy, accumulate: false, GemmEpilogue.Bias(parameters.B));

    /// <summary>Y = relu(X·W + b) in one pass.</summary>
    public static void ForwardRelu(Gemm gemm, int rows, ReadOnlySpan<float> X, DenseParameters parameters, Span<float> Y) =>
        gemm.MultiplyNN(
            rows,
            parameters.Out,
            parameters.In,
            X,
            parameters.In,
            parameters.W,
            parameters.Out,
            Y,
            parameters.Out,
            accumulate: false,
            GemmEpilogue.BiasRelu(parameters.B));

    /// <summary>dX = dY·Wᵀ, then the epilogue.</summary>
    public static void BackwardInput(
        Gemm gemm, int rows, ReadOnlySpan<float> dY, int lddy, DenseParameters parameters, Span<float> dX, GemmEpilogue epilogue = default) =>
        gemm.MultiplyNT(
            rows, parameters.In, parameters.Out, dY, lddy, parameters.W, parameters.Out, dX, parameters.In, accumulate: false, epilogue);

    /// <summary>dW = Xᵀ·dY and db = Σ dY over the rows of one microbatch, or of a block of it that continues the chains.</summary>
    public static void BackwardParameters(
        Gemm gemm, int rows, ReadOnlySpan<float> X, ReadOnlySpan<float> dY, int lddy, DenseGradient gradient, bool accumulate)
    {
        gemm.MultiplyTN(gradient.In, gradient.Out, rows, X, gradient.In, dY, lddy, gradient.W, gradient.Out, accumulate);
        ColumnSums.Run(gemm.InstructionSet, rows, dY, lddy, gradient.B, accumulate);
    }

    /// <summary>dW and db of a node of the reduction tree whose leaves end at the rows <paramref name="ends"/>.</summary>
    public static void BackwardParametersTree(
        Gemm gemm, ReadOnlySpan<int> ends, ReadOnlySpan<float> X, ReadOnlySpan<float> dY, int lddy, DenseGradient gradient)
    {
        gemm.MultiplyTNTree(gradient.In, gradient.Out, ends, X, gradient.In, dY, lddy, gradient.W, gradient.Out);
        ColumnSums.Tree(gemm.InstructionSet, ends, dY, lddy, gradient.B);
    }
}
