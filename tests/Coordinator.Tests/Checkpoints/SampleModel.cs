using Distributed.Coordinator.Checkpoints;
using Distributed.Numerics.Models;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Tests.Checkpoints;

internal static class SampleModel
{
    public static TrainedModel Make()
    {
        var shape = new NetworkShape(6, [5, 4], 3, Activation.Sigmoid, Dropout: 0f);
        return new TrainedModel(shape, new FeatureScale(0.1f, 1f / 255f), SampleCheckpoint.Floats(ParameterLayout.For(shape).Count, 3), "scratch-mlp");
    }
}
