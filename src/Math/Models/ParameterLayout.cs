namespace Distributed.Numerics.Models;

/// <summary>
/// One tensor inside the flat parameter buffer: row-major, <paramref name="Rows"/>×<paramref name="Columns"/> floats from <paramref name="Offset"/>.
/// </summary>
/// <param name="Name">W1, b1, W2, b2 …</param>
/// <param name="Rows">Fan-in for a weight; 1 for a bias.</param>
/// <param name="Columns">Fan-out.</param>
/// <param name="Offset">Index of the first float in the flat buffer.</param>
/// <param name="IsBias">A bias is a vector: its shape is [Columns].</param>
public sealed record ParameterTensor(string Name, int Rows, int Columns, int Offset, bool IsBias)
{
    /// <summary>Floats in this tensor.</summary>
    public int Count => Rows * Columns;
}

/// <summary>
/// Where each tensor lies in the one flat buffer. Weights, gradient, momentum, Adam's moments, the wire and the checkpoint all use it.
/// Order: W1, b1, W2, b2 …, where W is in×out, row-major.
/// </summary>
public sealed class ParameterLayout
{
    private ParameterLayout(IReadOnlyList<ParameterTensor> tensors, int count)
    {
        Tensors = tensors;
        Count = count;
    }

    /// <summary>The tensors in buffer order, without gaps.</summary>
    public IReadOnlyList<ParameterTensor> Tensors { get; }

    /// <summary>Floats in the whole buffer.</summary>
    public int Count { get; }

    /// <summary>The weight matrix of layer <paramref name="layer"/> (0-based).</summary>
    public ParameterTensor Weight(int layer) => Tensors[2 * layer];

    /// <summary>The bias of layer <paramref name="layer"/> (0-based).</summary>
    public ParameterTensor Bias(int layer) => Tensors[(2 * layer) + 1];

    /// <summary>The layout of <paramref name="shape"/>.</summary>
    public static ParameterLayout For(NetworkShape shape)
    {
        var tensors = new List<ParameterTensor>(2 * shape.LayerCount);
        int offset = 0;
        for (int layer = 0; layer < shape.LayerCount; layer++)
        {
            int fanIn = shape.FanIn(layer);
            int fanOut = shape.FanOut(layer);
            Check.That(fanIn > 0);
            Check.That(fanOut > 0);
            tensors.Add(new ParameterTensor($"W{layer + 1}", fanIn, fanOut, offset, IsBias: false));
            offset = checked(offset + (fanIn * fanOut));
            tensors.Add(new ParameterTensor($"b{layer + 1}", 1, fanOut, offset, IsBias: true));
            offset = checked(offset + fanOut);
        }

        return new ParameterLayout(tensors, offset);
    }
}
