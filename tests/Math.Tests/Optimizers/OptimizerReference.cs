using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;

namespace Distributed.Numerics.Tests.Optimizers;

/// <summary>The rules as plain loops, in the arithmetic that defines their bits.</summary>
internal sealed class OptimizerReference(OptimizerSettings settings, ParameterLayout layout)
{
    private readonly float[] _velocity = new float[layout.Count];
    private readonly float[] _m = new float[layout.Count];
    private readonly float[] _v = new float[layout.Count];
    private double _beta1Power = 1;
    private double _beta2Power = 1;

    public void Update(float[] weights, float[] gradientSum, int samples, float learningRate)
    {
        _beta1Power *= settings.Beta1;
        _beta2Power *= settings.Beta2;
        float scale = 1f / samples;
        foreach (ParameterTensor tensor in layout.Tensors)
        {
            for (int i = tensor.Offset; i < tensor.Offset + tensor.Count; i++)
            {
                float g = gradientSum[i] * scale;
                if (!tensor.IsBias && settings.L2 != 0)
                {
                    g = MathF.FusedMultiplyAdd(settings.L2, weights[i], g);
                }

                weights[i] = settings.Kind switch
                {
                    OptimizerKind.Sgd => MathF.FusedMultiplyAdd(-learningRate, g, weights[i]),
                    OptimizerKind.Momentum => Momentum(i, weights[i], g, learningRate),
                    OptimizerKind.AdamW when !tensor.IsBias && settings.WeightDecay != 0 =>
                        Adam(i, MathF.FusedMultiplyAdd(-(learningRate * settings.WeightDecay), weights[i], weights[i]), g, learningRate),
                    _ => Adam(i, weights[i], g, learningRate),
                };
            }
        }
    }

    private float Momentum(int i, float w, float g, float learningRate)
    {
        _velocity[i] = MathF.FusedMultiplyAdd(settings.Momentum, _velocity[i], g);
        return MathF.FusedMultiplyAdd(-learningRate, _velocity[i], w);
    }

    private float Adam(int i, float w, float g, float learningRate)
    {
        float rest1 = (float)(1.0 - settings.Beta1);
        float rest2 = (float)(1.0 - settings.Beta2);
        _m[i] = MathF.FusedMultiplyAdd(settings.Beta1, _m[i], rest1 * g);
        _v[i] = MathF.FusedMultiplyAdd(settings.Beta2, _v[i], rest2 * g * g);
        float corrected = _v[i] * (float)(1.0 / (1.0 - _beta2Power));
        float rate = (float)(learningRate / (1.0 - _beta1Power));
        return MathF.FusedMultiplyAdd(-rate, _m[i] / (MathF.Sqrt(corrected) + settings.Epsilon), w);
    }
}
