using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>Applies an epilogue to a block of C; the last columns, fewer than a register, with the lanes behind them left alone.</summary>
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

    /// <summary>
    /// Applies the product's bias, and ReLU, to Cᵀ before it is transposed: <paramref name="registers"/> registers in each of the product's
    /// columns.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ApplyTransposed(in GemmOperands product, float* transposed, nint row, int registers)
    {
        if (product.Epilogue == GemmEpilogueKind.None)
        {
            return;
        }

        Check.That(product.Epilogue is GemmEpilogueKind.Bias or GemmEpilogueKind.BiasRelu);
        bool relu = product.Epilogue == GemmEpilogueKind.BiasRelu;
        for (int column = 0; column < product.Columns; column++, transposed += row)
        {
            V bias = S.Broadcast(product.EpilogueValues[column]);
            for (int register = 0; register < registers; register++)
            {
                V sum = S.Add(S.Load(transposed + (register * S.Width)), bias);
                S.Store(transposed + (register * S.Width), relu ? Relu(sum) : sum);
            }
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

        if (j < columns)
        {
            int rest = columns - j;
            S.StoreFirst(c + j, S.Add(S.LoadFirst(c + j, rest), S.LoadFirst(bias + j, rest)), rest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BiasRelu(int columns, float* c, float* bias)
    {
        int j = 0;
        for (; j <= columns - S.Width; j += S.Width)
        {
            S.Store(c + j, Relu(S.Add(S.Load(c + j), S.Load(bias + j))));
        }

        if (j < columns)
        {
            int rest = columns - j;
            S.StoreFirst(c + j, Relu(S.Add(S.LoadFirst(c + j, rest), S.LoadFirst(bias + j, rest))), rest);
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

        if (j < columns)
        {
            int rest = columns - j;
            V isActive = S.GreaterThan(S.LoadFirst(forward + j, rest), S.Zero);
            S.StoreFirst(c + j, S.Select(isActive, S.LoadFirst(c + j, rest), S.Zero), rest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Relu(V sum) => S.Select(S.LessThanOrEqual(sum, S.Zero), S.Zero, sum);
}
