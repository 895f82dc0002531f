using Distributed.Coordinator.Checkpoints;
using Distributed.Numerics.Models;

namespace Distributed.Peers;

/// <summary>The network as a textbook writes it, in double precision: what every runtime must agree with.</summary>
internal static class PlainNetwork
{
    /// <summary>rows×classes logits from rows×inputs raw features.</summary>
    public static double[][] Logits(TrainedModel model, float[] features)
    {
        int inputs = model.Shape.Inputs;
        double[][] rows = new double[features.Length / inputs][];
        Parallel.For(0, rows.Length, row => rows[row] = Logits(model, features.AsSpan(row * inputs, inputs)));
        return rows;
    }

    /// <summary>Softmax with the largest logit taken off first.</summary>
    public static double[] Softmax(double[] logits)
    {
        double largest = logits.Max();
        double[] powers = [.. logits.Select(logit => Math.Exp(logit - largest))];
        double sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }

    private static double[] Logits(TrainedModel model, ReadOnlySpan<float> features)
    {
        double[] x = new double[features.Length];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = (features[i] - model.Scale.Offset) * model.Scale.Factor;
        }

        ParameterLayout layout = ParameterLayout.For(model.Shape);
        for (int layer = 0; layer < model.Shape.LayerCount; layer++)
        {
            x = Dense(model.Weights, layout.Weight(layer), layout.Bias(layer), x);
            if (layer < model.Shape.LayerCount - 1)
            {
                x = Array.ConvertAll(x, value => Activate(model.Shape.Activation, value));
            }
        }

        return x;
    }

    private static double[] Dense(float[] weights, ParameterTensor weight, ParameterTensor bias, double[] x)
    {
        double[] y = new double[weight.Columns];
        for (int column = 0; column < y.Length; column++)
        {
            y[column] = weights[bias.Offset + column];
        }

        for (int row = 0; row < x.Length; row++)
        {
            for (int column = 0; column < y.Length; column++)
            {
                y[column] += x[row] * weights[weight.Offset + (row * weight.Columns) + column];
            }
        }

        return y;
    }

    private static double Activate(Activation activation, double value) => activation switch
    {
        Activation.Relu => Math.Max(value, 0),
        Activation.Sigmoid => 1 / (1 + Math.Exp(-value)),
        _ => Math.Tanh(value),
    };
}
