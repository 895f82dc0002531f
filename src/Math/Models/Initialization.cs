using Distributed.Numerics.Random;

namespace Distributed.Numerics.Models;

/// <summary>The weights before the first step: a pure function of (seed, layout, initializers).</summary>
public static class Initialization
{
    /// <summary>
    /// Fills the whole buffer: each tensor from a stream of its own, so that changing one layer leaves the others' numbers alone.
    /// </summary>
    /// <param name="parameters"><see cref="ParameterLayout.Count"/> floats.</param>
    /// <param name="layout">Where each tensor lies.</param>
    /// <param name="weights">For W1, W2 …</param>
    /// <param name="biases">
    /// For b1, b2 …; <see cref="InitializerKind.Xavier"/> and <see cref="InitializerKind.He"/> take the fans of the layer's weight.
    /// </param>
    /// <param name="seed">The recipe's seed.</param>
    public static void Fill(Span<float> parameters, ParameterLayout layout, Initializer weights, Initializer biases, ulong seed)
    {
        Check.That(parameters.Length == layout.Count);
        for (int tensor = 0; tensor < layout.Tensors.Count; tensor++)
        {
            ParameterTensor description = layout.Tensors[tensor];
            ParameterTensor weight = layout.Weight(tensor / 2);
            Fill(
                parameters.Slice(description.Offset, description.Count),
                description.IsBias ? biases : weights,
                weight,
                Prng.ForInitialization(seed, tensor));
        }
    }

    private static void Fill(Span<float> tensor, Initializer initializer, ParameterTensor weight, Prng random)
    {
        switch (initializer.Kind)
        {
            case InitializerKind.Constant:
                tensor.Fill(initializer.Parameter);
                break;
            case InitializerKind.Uniform:
                FillUniform(tensor, initializer.Parameter, random);
                break;
            case InitializerKind.Normal:
                FillNormal(tensor, initializer.Parameter, random);
                break;
            case InitializerKind.Xavier:
                FillUniform(tensor, MathF.Sqrt(6f / (weight.Rows + weight.Columns)), random);
                break;
            default:
                Check.That(initializer.Kind == InitializerKind.He);
                FillNormal(tensor, MathF.Sqrt(2f / weight.Rows), random);
                break;
        }
    }

    /// <summary>Uniform in [-limit, limit).</summary>
    private static void FillUniform(Span<float> tensor, float limit, Prng random)
    {
        for (int i = 0; i < tensor.Length; i++)
        {
            // 2u - 1 is exact.
            tensor[i] = ((2f * random.NextSingle()) - 1f) * limit;
        }
    }

    private static void FillNormal(Span<float> tensor, float deviation, Prng random)
    {
        for (int i = 0; i < tensor.Length; i++)
        {
            tensor[i] = random.NextNormal() * deviation;
        }
    }
}
