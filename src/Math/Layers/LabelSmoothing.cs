namespace Distributed.Numerics.Layers;

/// <summary>The targets of label smoothing, each rounded to float once.</summary>
internal readonly struct LabelSmoothing
{
    /// <param name="epsilon">The share of the target that is spread evenly over all classes, in [0, 1).</param>
    /// <param name="classes">At least 2.</param>
    public LabelSmoothing(float epsilon, int classes)
    {
        Check.That(epsilon is >= 0f and < 1f);
        Check.That(classes >= 2);
        Epsilon = epsilon;
        Classes = classes;
        Other = (float)((double)epsilon / classes);
        Label = (float)(1.0 - epsilon + ((double)epsilon / classes));
    }

    public float Epsilon { get; }

    public int Classes { get; }

    /// <summary>The target of a sample's own class: 1 - ε + ε/K.</summary>
    public float Label { get; }

    /// <summary>The target of each other class: ε/K.</summary>
    public float Other { get; }
}
