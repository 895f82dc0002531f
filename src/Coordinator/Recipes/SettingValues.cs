using System.Globalization;
using Distributed.Numerics.Models;
using Distributed.Protocol;

namespace Distributed.Coordinator.Recipes;

/// <summary>
/// Turns what a person wrote into values. Each method throws <see cref="InputException"/> with the allowed range in the sentence.
/// </summary>
public static class SettingValues
{
    private const int UnitsMax = 65_536;
    private const int HiddenLayersMax = 16;

    /// <summary>A whole number from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public static int WholeNumber(this SettingText setting, int min, int max = int.MaxValue) =>
        int.TryParse(setting.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
        && value >= min
        && value <= max
            ? value
            : throw setting.NotAllowed(max == int.MaxValue ? $"a whole number of at least {min}" : $"a whole number from {min} to {max}");

    /// <summary>A whole number from <paramref name="min"/> up, or <paramref name="word"/>, which stands for 0.</summary>
    public static int WholeNumberOr(this SettingText setting, string word, int min) =>
        setting.Text == word ? 0
        : int.TryParse(setting.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= min ? value
        : throw setting.NotAllowed($"a whole number of at least {min}, or {word}");

    /// <summary>A whole number of 64 bits without a sign.</summary>
    public static ulong Seed(this SettingText setting) =>
        ulong.TryParse(setting.Text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw setting.NotAllowed($"a whole number from 0 to {ulong.MaxValue}");

    /// <summary>A finite number above 0.</summary>
    public static float Positive(this SettingText setting) => Number(setting, "a number above 0", value => value > 0);

    /// <summary>A finite number above 0, or <paramref name="word"/>, which stands for 0.</summary>
    public static float PositiveOr(this SettingText setting, string word) =>
        setting.Text == word ? 0f : Number(setting, $"a number above 0, or {word}", value => value > 0);

    /// <summary>A finite number of at least 0.</summary>
    public static float NotNegative(this SettingText setting) => Number(setting, "a number of at least 0", value => value >= 0);

    /// <summary>A number in [0, 1).</summary>
    public static float Fraction(this SettingText setting) =>
        Number(setting, "a number from 0 up to, but not including, 1", value => value is >= 0 and < 1);

    /// <summary>A number in [0, 1].</summary>
    public static float Share(this SettingText setting) => Number(setting, "a number from 0 to 1", value => value is >= 0 and <= 1);

    /// <summary>A share in (0, 1), a whole number of <paramref name="things"/> from 1 up, or 0 for none.</summary>
    public static double ShareOrCount(this SettingText setting, string things, double share, int count) =>
        double.TryParse(setting.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && (value is >= 0 and < 1 || (value is >= 1 and <= int.MaxValue && value == Math.Floor(value)))
            ? value
            : throw setting.NotAllowed(
                FormattableString.Invariant($"a share from 0 up to 1 ({share}), or a whole number of {things} ({count})"), DecimalHint(setting.Text));

    /// <summary>One of a few words.</summary>
    public static T OneOf<T>(this SettingText setting, IReadOnlyList<(string Word, T Value)> words)
    {
        foreach ((string word, T value) in words)
        {
            if (word == setting.Text)
            {
                return value;
            }
        }

        string[] known = [.. words.Select(pair => pair.Word)];
        string? nearest = Nearest.To(setting.Text, known);
        throw setting.NotAllowed($"{string.Join(", ", known[..^1])} or {known[^1]}", nearest is null ? null : $"did you mean {nearest}?");
    }

    /// <summary>Units of the hidden layers, first to last, as 128,64; none for no hidden layer.</summary>
    public static IReadOnlyList<int> HiddenLayers(this SettingText setting)
    {
        if (setting.Text == "none")
        {
            return [];
        }

        string[] parts = setting.Text.Split(',');
        int[] units =
        [
            .. parts.Select(part => int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int unit) ? unit : 0),
        ];
        return units.Length <= HiddenLayersMax && units.All(unit => unit is >= 1 and <= UnitsMax)
            ? units
            : throw setting.NotAllowed(
                $"the units of each hidden layer, as 128 or 128,64 (at most {HiddenLayersMax} layers of 1 to {UnitsMax} units), or none"
            );
    }

    /// <summary>uniform:A, normal:S, constant:C, xavier or he.</summary>
    public static Initializer WeightInitializer(this SettingText setting) =>
        setting.Text switch
        {
            "xavier" => new Initializer(InitializerKind.Xavier, 0),
            "he" => new Initializer(InitializerKind.He, 0),
            _ => WithParameter(setting, "uniform:A, normal:S, constant:C (as in uniform:0.1), xavier or he"),
        };

    /// <summary>uniform:A, normal:S or constant:C: a bias has no fan-in to scale by.</summary>
    public static Initializer BiasInitializer(this SettingText setting) =>
        WithParameter(setting, "constant:C, uniform:A or normal:S (as in constant:0)");

    private static Initializer WithParameter(SettingText setting, string allowed)
    {
        int colon = setting.Text.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? setting.Text : setting.Text[..colon];
        if (colon > 0 && TryNumber(setting.Text[(colon + 1)..], out float parameter))
        {
            switch (kind)
            {
                case "constant":
                    return new Initializer(InitializerKind.Constant, parameter);
                case "uniform" when parameter > 0:
                    return new Initializer(InitializerKind.Uniform, parameter);
                case "normal" when parameter > 0:
                    return new Initializer(InitializerKind.Normal, parameter);
            }
        }

        string? hint = kind is "uniform" or "normal" ? $"{kind} takes a number above 0 after the colon" : null;
        throw setting.NotAllowed(allowed, hint);
    }

    private static float Number(SettingText setting, string allowed, Func<float, bool> inRange) =>
        TryNumber(setting.Text, out float value) && inRange(value) ? value : throw setting.NotAllowed(allowed, DecimalHint(setting.Text));

    private static bool TryNumber(string text, out float value) =>
        float.TryParse(
            text,
            NumberStyles.Float & ~NumberStyles.AllowTrailingWhite & ~NumberStyles.AllowLeadingWhite,
            CultureInfo.InvariantCulture,
            out value
        ) && float.IsFinite(value);

    private static string? DecimalHint(string text) =>
        text.Count(c => c == ',') == 1 && TryNumber(text.Replace(',', '.'), out _) ? $"write {text.Replace(',', '.')}, with a point" : null;
}
