using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Layers;

/// <summary>A dense layer Y = X·W + b with W in×out, row-major. Rows are samples.</summary>
internal static class Dense
{
    /// <summary>Y = X·W + b, and ReLU of it when <paramref name="relu"/> is set: one pass.</summary>
    public static void Forward(Gemm gemm, int rows, DenseInput X, DenseParameters layer, Span<float> Y, int ldy, bool relu)
    {
        GemmEpilogue epilogue = relu ? GemmEpilogue.BiasRelu(layer.B) : GemmEpilogue.Bias(layer.B);
        if (X.IsBytes)
        {
            gemm.MultiplyNN(rows, layer.Out, layer.In, X.Bytes, layer.W, layer.Out, Y, ldy, epilogue);
        }
        else if (X.IsPart)
        {
            gemm.MultiplyNNFrom(rows, layer.Out, X.Places, X.Floats, layer.W, Y, ldy, epilogue);
        }
        else
        {
            gemm.MultiplyNN(rows, layer.Out, layer.In, X.Floats, layer.In, layer.W, layer.Out, Y, ldy, accumulate: false, epilogue);
        }
    }

    /// <summary>dX = dY·Wᵀ, then the epilogue.</summary>
    public static void BackwardInput(
        Gemm gemm, int rows, ReadOnlySpan<float> dY, int lddy, DenseParameters layer, Span<float> dX, GemmEpilogue epilogue = default) =>
        gemm.MultiplyNT(rows, layer.In, layer.Out, dY, lddy, layer.W, layer.Out, dX, layer.In, accumulate: false, epilogue);

    /// <summary>dW = Xᵀ·dY and db = Σ dY over the rows of one microbatch, or of a block of it that continues the chains.</summary>
    public static void BackwardParameters(
        Gemm gemm, int rows, DenseInput X, ReadOnlySpan<float> dY, int lddy, DenseGradient gradient, bool accumulate)
    {
        if (X.IsBytes)
        {
            gemm.MultiplyTN(gradient.In, gradient.Out, rows, X.Bytes, dY, lddy, gradient.W, gradient.Out, accumulate);
        }
        else
        {
            gemm.MultiplyTN(gradient.In, gradient.Out, rows, X.Floats, gradient.In, dY, lddy, gradient.W, gradient.Out, accumulate);
        }

        ColumnSums.Run(gemm.InstructionSet, rows, dY, lddy, gradient.B, accumulate);
    }

    /// <summary>dW and db of a node of the reduction tree whose leaves end at the rows <paramref name="ends"/>.</summary>
    public static void BackwardParametersTree(
        Gemm gemm, ReadOnlySpan<int> ends, DenseInput X, ReadOnlySpan<float> dY, int lddy, DenseGradient gradient)
    {
        if (X.IsBytes)
        {
            gemm.MultiplyTNTree(gradient.In, gradient.Out, ends, X.Bytes, dY, lddy, gradient.W, gradient.Out);
        }
        else if (X.IsPart)
        {
            ClearOthers(X.Places, gradient);
            gemm.MultiplyTNTreeInto(gradient.Out, X.Places, ends, X.Floats, dY, lddy, gradient.W);
        }
        else
        {
            gemm.MultiplyTNTree(gradient.In, gradient.Out, ends, X.Floats, gradient.In, dY, lddy, gradient.W, gradient.Out);
        }

        ColumnSums.Tree(gemm.InstructionSet, ends, dY, lddy, gradient.B);
    }

    /// <summary>A weight of an input that is 0 in every row has gradient +0.</summary>
    private static void ClearOthers(ReadOnlySpan<int> places, DenseGradient gradient)
    {
        int done = 0;
        foreach (int place in places)
        {
            if (place > done)
            {
                gradient.W[(done * gradient.Out)..(place * gradient.Out)].Clear();
            }

            done = place + 1;
        }

        gradient.W[(done * gradient.Out)..].Clear();
    }
}
