namespace Distributed.Numerics.Kernels;

/// <summary>
/// What happens to every element of C once, after its whole chain: nothing (the default), a bias, a bias and ReLU, or the derivative of
/// ReLU. Fused into the product so that C is touched while it is still in the nearest cache.
/// </summary>
public readonly ref struct GemmEpilogue
{
    private GemmEpilogue(GemmEpilogueKind kind, ReadOnlySpan<float> values, int ld)
    {
        Kind = kind;
        Values = values;
        Ld = ld;
    }

    /// <summary>Which one.</summary>
    internal GemmEpilogueKind Kind { get; }

    /// <summary>The bias (N), or the forward activations (M×N, <see cref="Ld"/> floats between rows).</summary>
    internal ReadOnlySpan<float> Values { get; }

    /// <summary>The distance between two rows of the forward activations; 0 for a bias.</summary>
    internal int Ld { get; }

    /// <summary>C[m,n] + bias[n].</summary>
    /// <param name="bias">N floats.</param>
    public static GemmEpilogue Bias(ReadOnlySpan<float> bias) => new(GemmEpilogueKind.Bias, bias, 0);

    /// <summary>
    /// ReLU of C[m,n] + bias[n]: +0 where the sum is ≤ 0 (so −0 becomes +0), the sum itself elsewhere (so NaN stays NaN).
    /// </summary>
    /// <param name="bias">N floats.</param>
    public static GemmEpilogue BiasRelu(ReadOnlySpan<float> bias) => new(GemmEpilogueKind.BiasRelu, bias, 0);

    /// <summary>C[m,n] where forward[m,n] &gt; 0, and +0 elsewhere, also where forward is NaN.</summary>
    /// <param name="forward">M×N, the outputs of the ReLU in the forward pass.</param>
    /// <param name="ld">Floats between two rows of <paramref name="forward"/>, at least N.</param>
    public static GemmEpilogue ReluGradient(ReadOnlySpan<float> forward, int ld) => new(GemmEpilogueKind.ReluGradient, forward, ld);

    /// <summary>Asserts that the values cover an M×N matrix.</summary>
    internal void CheckCovers(int M, int N)
    {
        switch (Kind)
        {
            case GemmEpilogueKind.Bias or GemmEpilogueKind.BiasRelu:
                Check.That(Values.Length >= N);
                break;
            case GemmEpilogueKind.ReluGradient:
                Check.That(Ld >= N);
                Check.That(Values.Length >= ((long)(M - 1) * Ld) + N);
                break;
        }
    }
}

/// <summary>The four epilogues.</summary>
internal enum GemmEpilogueKind
{
    None,
    Bias,
    BiasRelu,
    ReluGradient,
}
