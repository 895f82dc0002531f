using Distributed.Coordinator.Checkpoints;
using Distributed.Numerics.Models;
using Distributed.Protocol.Datasets;

namespace Distributed.Peers;

/// <summary>Networks with random weights of the size that training ends with: any bits will do, as long as no two classes tie.</summary>
internal static class PeerModel
{
    public static FeatureScale Pixels => new(0f, 1f / 255f);

    public static TrainedModel Random(NetworkShape shape, FeatureScale scale, int seed)
    {
        var random = new Random(seed);
        ParameterLayout layout = ParameterLayout.For(shape);
        float[] weights = new float[layout.Count];
        foreach (ParameterTensor tensor in layout.Tensors)
        {
            float width = tensor.IsBias ? 0.1f : MathF.Sqrt(6f / tensor.Rows);
            foreach (ref float value in weights.AsSpan(tensor.Offset, tensor.Count))
            {
                value = ((2f * random.NextSingle()) - 1f) * width;
            }
        }

        return new TrainedModel(shape, scale, weights, "peer-test");
    }

    /// <summary>784-128-64-10.</summary>
    public static NetworkShape Digits(Activation activation) => new(784, [128, 64], 10, activation, Dropout: 0f);
}
