using Distributed.Coordinator.Checkpoints;
using Distributed.Numerics.Models;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Tests.Exports;

/// <summary>Small networks with random finite weights.</summary>
internal static class SampleNetwork
{
    public static TrainedModel Make(Activation activation = Activation.Relu) => Make(new FeatureScale(0.5f, 1f / 255f), activation);

    public static TrainedModel Make(FeatureScale scale, Activation activation = Activation.Relu)
    {
        var shape = new NetworkShape(6, [5, 4], 3, activation, Dropout: 0.5f);
        var random = new Random(9);
        float[] weights = [.. Enumerable.Range(0, ParameterLayout.For(shape).Count).Select(_ => random.NextSingle() - 0.5f)];
        return new TrainedModel(shape, scale, weights, "scratch-mlp");
    }
}
