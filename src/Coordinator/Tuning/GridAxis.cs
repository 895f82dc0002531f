using Distributed.Coordinator.Recipes;
using Distributed.Numerics.Random;

namespace Distributed.Coordinator.Tuning;

/// <summary>A value of the recipe that a tuning tries out.</summary>
/// <param name="Setting">Which one.</param>
/// <param name="Written">KEY=VALUES, as a person wrote it.</param>
/// <param name="Values">What it may be, as <see cref="RecipeSetting.Format"/> writes it; all different, none for a range.</param>
/// <param name="Range">What it may be, where that is a range.</param>
public sealed record GridAxis(RecipeSetting Setting, string Written, IReadOnlyList<string> Values, ValueRange? Range)
{
    /// <summary>learning-rate.</summary>
    public string Key => Setting.Key;

    /// <summary>One value, each equally likely.</summary>
    public string Draw(Prng random) => Range is { } range ? range.Draw(random) : Values[random.NextInt32(Values.Count)];
}
