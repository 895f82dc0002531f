using Distributed.Numerics.Models;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>What a trained network needs to classify: its shape, its weights and the scale its features were trained with.</summary>
/// <param name="Shape">Features, hidden layers, classes, activation; dropout plays no part any more.</param>
/// <param name="Scale">Applied to raw features first.</param>
/// <param name="Weights">The parameters in their layout.</param>
/// <param name="RecipeName">The recipe that trained it.</param>
public sealed record TrainedModel(NetworkShape Shape, FeatureScale Scale, float[] Weights, string RecipeName)
{
    /// <summary>SHA-256 of the parameters' little-endian float32 bytes in layout order.</summary>
    public Digest ComputeWeightsDigest() => Digest.Of(Weights);
}
