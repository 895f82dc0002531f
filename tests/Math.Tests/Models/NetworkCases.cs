using Distributed.Numerics.Models;

namespace Distributed.Numerics.Tests.Models;

/// <summary>Small networks that between them have every activation, no hidden layer to two, dropout and none.</summary>
internal static class NetworkCases
{
    public static readonly DropoutKey Key = new(Seed: 0x5eed_0000_0042, Step: 17);

    private static readonly int[][] Hiddens = [[], [9], [33, 6]];

    public static IEnumerable<NetworkShape> Shapes()
    {
        foreach (int[] hidden in Hiddens)
        {
            foreach (Activation activation in Enum.GetValues<Activation>())
            {
                foreach (float dropout in new[] { 0f, 0.4f })
                {
                    yield return new NetworkShape(Inputs: 5, hidden, Outputs: 4, activation, dropout);
                }
            }
        }
    }

    /// <summary>Wider than the scratch that fits on the stack.</summary>
    public static NetworkShape Wide => new(Inputs: 3, [1100], Outputs: 1050, Activation.Tanh, Dropout: 0.5f);

    public static float[] Weights(NetworkShape shape) => Samples.Uniform(ParameterLayout.For(shape).Count, -0.8f, 0.8f, stream: 3);
}
