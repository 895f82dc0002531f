namespace Distributed.Numerics.Models;

/// <summary>A multilayer perceptron: <paramref name="Inputs"/> features, dense hidden layers, <paramref name="Outputs"/> classes under softmax.</summary>
/// <param name="Inputs">Features per sample, at least 1.</param>
/// <param name="Hidden">Units of each hidden layer, first to last; empty for softmax regression.</param>
/// <param name="Outputs">Classes, at least 2.</param>
/// <param name="Activation">Applied after every hidden layer.</param>
/// <param name="Dropout">Probability that a hidden unit is zeroed in training, in [0, 1); inverted dropout after every hidden activation.</param>
public sealed record NetworkShape(int Inputs, IReadOnlyList<int> Hidden, int Outputs, Activation Activation, float Dropout)
{
    /// <summary>Dense layers: the hidden ones and the output layer.</summary>
    public int LayerCount => Hidden.Count + 1;

    /// <summary>Columns of what enters layer <paramref name="layer"/> (0-based).</summary>
    public int FanIn(int layer) => layer == 0 ? Inputs : Hidden[layer - 1];

    /// <summary>Columns of what leaves layer <paramref name="layer"/> (0-based).</summary>
    public int FanOut(int layer) => layer == Hidden.Count ? Outputs : Hidden[layer];
}
