namespace Distributed.Protocol.Datasets;

/// <summary>
/// The affine map of raw features to network inputs: (x - <paramref name="Offset"/>) · <paramref name="Factor"/>, in float32, in that
/// order.
/// </summary>
public readonly record struct FeatureScale(float Offset, float Factor)
{
    /// <summary>Features as they are.</summary>
    public static FeatureScale Identity => new(0f, 1f);
}
