using Distributed.Numerics.Models;
using Distributed.Numerics.Random;

namespace Distributed.Numerics.Tests.Models;

/// <summary>The network in plain double precision: forward only, as one reads it in a textbook.</summary>
internal sealed class ReferenceNetwork(NetworkShape shape, DropoutKey key, double labelSmoothing = 0)
{
    private readonly ParameterLayout _layout = ParameterLayout.For(shape);

    /// <summary>The sum of cross-entropy losses of samples <paramref name="first"/> … of the minibatch.</summary>
    public double LossSum(double[] weights, MadeUpSamples samples, int first, int count)
    {
        double sum = 0;
        for (int i = first; i < first + count; i++)
        {
            double[] logits = Logits(weights, samples.AllFeatures.Slice(i * shape.Inputs, shape.Inputs), position: i);
            double max = logits.Max();
            double logSum = max + Math.Log(logits.Select(z => Math.Exp(z - max)).Sum());
            for (int c = 0; c < logits.Length; c++)
            {
                double target = (c == samples.AllLabels[i] ? 1 - labelSmoothing : 0) + (labelSmoothing / logits.Length);
                sum += target * (logSum - logits[c]);
            }
        }

        return sum;
    }

    /// <summary>Central differences of the loss sum.</summary>
    public double[] Gradient(double[] weights, MadeUpSamples samples, int first, int count)
    {
        const double Step = 1e-5;
        double[] gradient = new double[weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            double kept = weights[i];
            weights[i] = kept + Step;
            double above = LossSum(weights, samples, first, count);
            weights[i] = kept - Step;
            double below = LossSum(weights, samples, first, count);
            weights[i] = kept;
            gradient[i] = (above - below) / (2 * Step);
        }

        return gradient;
    }

    /// <summary>True when dropout silences a unit: restated from the definition, with one Philox block per question.</summary>
    public bool IsDropped(int position, int layer, int unit)
    {
        (int group, int inGroup) = Math.DivRem(unit, 32);
        uint block = (uint)((group * 8) + (inGroup % 8));
        PhiloxBlock words = Philox.Block(new PhiloxBlock(block, (uint)position, (uint)key.Step, (3u << 24) | (uint)layer), key.Seed);
        uint word = (inGroup / 8) switch { 0 => words.W0, 1 => words.W1, 2 => words.W2, _ => words.W3 };
        double uniform = ((int)word >> 8) / 16777216.0 + 0.5;
        return uniform < shape.Dropout;
    }

    private double[] Logits(double[] weights, ReadOnlySpan<float> features, int position)
    {
        double[] x = new double[features.Length];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = features[i];
        }

        for (int layer = 0; layer < shape.LayerCount; layer++)
        {
            x = Dense(weights, layer, x);
            for (int unit = 0; layer < shape.Hidden.Count && unit < x.Length; unit++)
            {
                bool dropped = shape.Dropout > 0 && IsDropped(position, layer, unit);
                x[unit] = dropped ? 0 : Activate(x[unit]) / (1 - (double)shape.Dropout);
            }
        }

        return x;
    }

    private double[] Dense(double[] weights, int layer, double[] x)
    {
        ParameterTensor W = _layout.Weight(layer);
        ParameterTensor b = _layout.Bias(layer);
        double[] y = new double[W.Columns];
        for (int n = 0; n < W.Columns; n++)
        {
            y[n] = weights[b.Offset + n];
            for (int k = 0; k < W.Rows; k++)
            {
                y[n] += x[k] * weights[W.Offset + (k * W.Columns) + n];
            }
        }

        return y;
    }

    private double Activate(double x) => shape.Activation switch
    {
        Activation.Relu => Math.Max(0, x),
        Activation.Sigmoid => 1 / (1 + Math.Exp(-x)),
        _ => Math.Tanh(x),
    };
}
