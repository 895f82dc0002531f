using Distributed.Numerics.Kernels;
using Distributed.Numerics.Layers;
using Distributed.Numerics.Models;

namespace Distributed.Numerics.Tests.Layers;

public sealed class ActivationsTests
{
    public static TheoryData<Activation> All => [.. Enum.GetValues<Activation>()];

    [Theory]
    [MemberData(nameof(All))]
    public void ForwardIsItsFunction(Activation activation)
    {
        float[] x = Samples.Uniform(1000, -6f, 6f);
        float[] y = [.. x];
        Activations.Forward(InstructionSets.Best, activation, y);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(True(activation, x[i]), y[i], 3e-7);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void BackwardIsTheCentralDifference(Activation activation)
    {
        const double Step = 1e-6;
        float[] x = Samples.Uniform(1000, -6f, 6f);
        float[] y = [.. x];
        float[] dY = Samples.Uniform(1000, -1f, 1f, 1);
        float[] dX = [.. dY];
        Activations.Forward(InstructionSets.Best, activation, y);
        Activations.Backward(InstructionSets.Best, activation, y, dX);
        for (int i = 0; i < x.Length; i++)
        {
            double derivative = (True(activation, x[i] + Step) - True(activation, x[i] - Step)) / (2 * Step);
            Assert.Equal(derivative * dY[i], dX[i], 1e-6);
        }
    }

    private static double True(Activation activation, double x) => activation switch
    {
        Activation.Relu => Math.Max(0, x),
        Activation.Sigmoid => 1 / (1 + Math.Exp(-x)),
        _ => Math.Tanh(x),
    };
}
