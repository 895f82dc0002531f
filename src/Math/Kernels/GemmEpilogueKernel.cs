using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>Applies an epilogue to a block of C; the last columns, fewer than a register, one by one with the same arithmetic.</summary>
internal static unsafe class GemmEpilogueKernel<S, V>
    where S : struct, ISimd<V>
    where V : struct
{
    /// <summary>Applies the product's epilogue to the product's C, which is row-major.</summary>
    public static void Apply(in GemmOperands product)
    {
        if (product.Epilogue != GemmEpilogueKind.None)
        {
            Rows(product.Epilogue, product.Rows, product.Columns, product.C, product.CRow, product.EpilogueValues, product.EpilogueLd);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows(GemmEpilogueKind kind, int rows, int columns, float* c, nint ldc, float* values, nint ld)
    {
        for (; rows > 0; rows--, c += ldc, values += ld)
        {
            switch (kind)
            {
                case GemmEpilogueKind.Bias:
                    Bias(columns, c, values);
                    break;
                case GemmEpilogueKind.BiasRelu:
                    BiasRelu(columns, c, values);
                    break;
                case GemmEpilogueKind.ReluGradient:
                    ReluGradient(columns, c, values);
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Bias(int columns, float* c, float* bias)
    {
        int j = 0;
        for (; j <= columns - S.Width; j += S.Width)
        {
            S.Store(c + j, S.Add(S.Load(c + j), S.Load(bias + j)));
        }

        for (; j < columns; j++)
        {
            c[j] += bias[j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BiasRelu(int columns, float* c, float* bias)
    {
        int j = 0;
        for (; j <= columns - S.Width; j += S.Width)
        {
            V sum = S.Add(S.Load(c + j), S.Load(bias + j));
            S.Store(c + j, S.Select(S.LessThanOrEqual(sum, S.Zero), S.Zero, sum));
        }

        for (; j < columns; j++)
        {
            float sum = c[j] + bias[j];
            c[j] = sum <= 0f ? 0f : sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReluGradient(int columns, float* c, float* forward)
    {
        int j = 0;
        for (; j <= columns - S.Width; j += S.Width)
        {
            S.Store(c + j, S.Select(S.GreaterThan(S.Load(forward + j), S.Zero), S.Load(c + j), S.Zero));
        }

        for (; j < columns; j++)
        {
            c[j] = forward[j] > 0f ? c[j] : 0f;
        }
    }
}
