using Distributed.Numerics;

namespace Distributed.Protocol.Datasets;

/// <summary>The scale of a recipe, computed from the training samples in use, in an order that depends on nothing but them.</summary>
public static class FeatureScaling
{
    /// <summary>
    /// The map that <paramref name="kind"/> asks for, over all features of <paramref name="samples"/> together. Where every value is the
    /// same, the factor is 1 and every input 0.
    /// </summary>
    /// <param name="kind">The rule.</param>
    /// <param name="dataset">The training data.</param>
    /// <param name="samples">Sample indices of the training part, at least one.</param>
    /// <exception cref="InputException">The values lie too far apart, or too close, for float32.</exception>
    public static FeatureScale Compute(ScaleKind kind, Dataset dataset, ReadOnlySpan<int> samples)
    {
        Check.That(samples.Length >= 1);
        switch (kind)
        {
            case ScaleKind.None:
                return FeatureScale.Identity;
            case ScaleKind.MinMax:
                (float min, float max) = FeatureRange.Of(dataset, samples);
                return FromSpread(min, (double)max - min, max, "minmax");
            default:
                Check.That(kind == ScaleKind.Standard);
                (double mean, double deviation) = FeatureMoments.Of(dataset, samples);
                (_, float highest) = FeatureRange.Of(dataset, samples);
                return FromSpread((float)mean, deviation, highest, "standard");
        }
    }

    private static FeatureScale FromSpread(float offset, double spread, float highest, string option)
    {
        float factor = spread == 0 ? 1f : (float)(1 / spread);
        if (!float.IsFinite(offset) || !float.IsFinite(factor) || factor == 0 || !float.IsFinite(highest - offset))
        {
            throw new InputException(
                $"The training features cannot be scaled with --scale {option}: from {offset} up to {highest} their spread is {spread}, " +
                "and a spread must be 0 or lie between 1e-38 and 1e38; use --scale none or change the data.");
        }

        // Adding +0 turns -0 into +0: the sign of a zero must not depend on which zero came first.
        return new FeatureScale(offset + 0f, factor);
    }
}
