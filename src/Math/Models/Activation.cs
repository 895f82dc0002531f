namespace Distributed.Numerics.Models;

/// <summary>The function between two dense layers.</summary>
public enum Activation
{
    Relu,
    Sigmoid,
    Tanh,
}
