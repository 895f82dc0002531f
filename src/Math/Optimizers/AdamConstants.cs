namespace Distributed.Numerics.Optimizers;

/// <summary>Adam's constants, with 1-β₁ and 1-β₂ rounded once from the float β, so that they agree with the bias correction.</summary>
internal readonly record struct AdamConstants(float Beta1, float Beta2, float Rest1, float Rest2, float Epsilon)
{
    public static AdamConstants For(OptimizerSettings settings)
    {
        Check.That(settings.Beta1 is >= 0f and < 1f);
        Check.That(settings.Beta2 is >= 0f and < 1f);
        Check.That(settings.Epsilon > 0f);
        return new AdamConstants(
            settings.Beta1, settings.Beta2, (float)(1.0 - settings.Beta1), (float)(1.0 - settings.Beta2), settings.Epsilon);
    }
}
