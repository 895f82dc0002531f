using Distributed.Numerics.Models;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>Refuses a network shape from a file before memory is taken for it.</summary>
internal static class ShapeCheck
{
    private static readonly int ParametersMax = Array.MaxLength / sizeof(float);

    /// <summary>
    /// The layout of <paramref name="shape"/>; InputException when its sizes are not positive or its parameters are too many for one
    /// buffer.
    /// </summary>
    public static ParameterLayout LayoutOf(NetworkShape shape, string file)
    {
        Int128 parameters = 0;
        for (int layer = 0; layer < shape.LayerCount; layer++)
        {
            if (shape.FanIn(layer) < 1 || shape.FanOut(layer) < 1)
            {
                throw new SafetensorsFormatException($"layer {layer + 1} of its network is {shape.FanIn(layer)}×{shape.FanOut(layer)}").In(file);
            }

            parameters += ((Int128)shape.FanIn(layer) + 1) * shape.FanOut(layer);
        }

        if (parameters > ParametersMax)
        {
            throw new SafetensorsFormatException($"its network has {parameters} parameters, and {ParametersMax} are the most").In(file);
        }

        return ParameterLayout.For(shape);
    }
}
