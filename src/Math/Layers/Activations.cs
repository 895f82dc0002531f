using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;

namespace Distributed.Numerics.Layers;

/// <summary>The pass between two dense layers, element by element.</summary>
internal static class Activations
{
    /// <summary>Y = f(X), in place.</summary>
    public static void Forward(InstructionSet set, Activation activation, Span<float> x)
    {
        switch (activation)
        {
            case Activation.Relu:
                Map.Unary<Relu>(set, x, x);
                break;
            case Activation.Sigmoid:
                Map.Unary<Sigmoid>(set, x, x);
                break;
            default:
                Check.That(activation == Activation.Tanh);
                Map.Unary<Tanh>(set, x, x);
                break;
        }
    }

    /// <summary>dX = dY · f'(X), in place over dY. All three derivatives follow from the forward output Y alone.</summary>
    public static void Backward(InstructionSet set, Activation activation, ReadOnlySpan<float> y, Span<float> dY)
    {
        switch (activation)
        {
            case Activation.Relu:
                Map.Binary<ReluBackward>(set, y, dY, dY);
                break;
            case Activation.Sigmoid:
                Map.Binary<SigmoidBackward>(set, y, dY, dY);
                break;
            default:
                Check.That(activation == Activation.Tanh);
                Map.Binary<TanhBackward>(set, y, dY, dY);
                break;
        }
    }
}
