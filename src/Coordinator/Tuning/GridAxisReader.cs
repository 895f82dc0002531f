using System.Globalization;
using Distributed.Coordinator.Recipes;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tuning;

/// <summary>Understands the axes of a grid: learning-rate=0.001,0.01 or hidden=64,32;128,64 or learning-rate=0.0001..0.01.</summary>
public static class GridAxisReader
{
    private const string Option = "--grid";
    private const string RangeMark = "..";

    /// <summary>All axes of a grid.</summary>
    /// <param name="axes">As a person wrote them, at least one.</param>
    /// <param name="recipe">What the values are tried on.</param>
    /// <exception cref="InputException">An axis is unknown, repeated or empty, or a value is not allowed.</exception>
    public static IReadOnlyList<GridAxis> Read(IEnumerable<string> axes, Recipe recipe)
    {
        var read = new List<GridAxis>();
        foreach (string written in axes)
        {
            GridAxis axis = ReadAxis(written, recipe);
            if (read.Any(other => other.Key == axis.Key))
            {
                throw new InputException($"{Option} {axis.Key} is given twice; give all its values at once: {Option} {Example(axis.Setting)}");
            }

            read.Add(axis);
        }

        return read;
    }

    private static GridAxis ReadAxis(string written, Recipe recipe)
    {
        int equals = written.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            throw new InputException($"{Option} must be KEY=VALUES, as learning-rate=0.001,0.01, not {SettingText.Shown(written)}");
        }

        RecipeSetting setting = Find(written[..equals]);
        string values = written[(equals + 1)..];
        if (values.Length == 0)
        {
            throw new InputException($"{Option} {setting.Key} has no values; give some, as {Option} {Example(setting)}");
        }

        return values.Split(RangeMark) is [var low, var high] && Number(low) is { } from && Number(high) is { } to
            ? new GridAxis(setting, written, [], Range(setting, low, from, high, to, recipe))
            : new GridAxis(setting, written, Values(setting, values, recipe), null);
    }

    private static RecipeSetting Find(string key)
    {
        string meant = OptionSynonyms.Find(key) ?? key;
        return RecipeSettings.Find(key)
            ?? throw new InputException(
                $"{Option}: a recipe has no value {SettingText.Shown(key)}"
                    + (Nearest.Hint(meant, RecipeSettings.All.Select(setting => setting.Key)) is { Length: > 0 } hint
                        ? hint
                        : $"; it has {string.Join(", ", RecipeSettings.All.Select(setting => setting.Key))}")
            );
    }

    private static List<string> Values(RecipeSetting setting, string text, Recipe recipe)
    {
        bool bySemicolon = setting.IsList || text.Contains(';', StringComparison.Ordinal);
        string[] parts = text.Split(bySemicolon ? ';' : ',');
        if (setting.IsList && parts.Length == 1 && text.Contains(',', StringComparison.Ordinal))
        {
            throw new InputException(
                $"{Option} {setting.Key}={text} is one value, since its own parts have commas; separate values by semicolons, in quotes "
                    + $"('{setting.Key}={text.Replace(',', ';')}'), or give --{setting.Key} {text} for one"
            );
        }

        var values = new List<string>();
        foreach (string part in parts)
        {
            string value = Canonical(setting, part.Trim(), recipe);
            if (values.Contains(value))
            {
                throw new InputException($"{Option} {setting.Key} gives {value} twice; leave one out");
            }

            values.Add(value);
        }

        return values;
    }

    private static ValueRange Range(RecipeSetting setting, string low, double from, string high, double to, Recipe recipe)
    {
        Canonical(setting, low, recipe);
        Canonical(setting, high, recipe);
        return from > 0 && from < to
            ? new ValueRange(from, to, IsWhole: !Accepts(setting, SettingFormats.Number(from + ((to - from) * 0.37)), recipe))
            : throw new InputException(
                $"{Option} {setting.Key}={low}{RangeMark}{high}: a range goes from a number above 0 to a larger one, since equal ratios are equally likely"
            );
    }

    /// <summary>The value as it is written everywhere, however a person wrote it.</summary>
    private static string Canonical(RecipeSetting setting, string value, Recipe recipe) => value.Length > 0
        ? setting.Format(setting.Apply(recipe, new SettingText($"{Option} {setting.Key}", value)))
        : throw new InputException($"{Option} {setting.Key} has an empty value; leave out the separator beside it");

    private static bool Accepts(RecipeSetting setting, string value, Recipe recipe)
    {
        try
        {
            setting.Apply(recipe, new SettingText(setting.Key, value));
            return true;
        }
        catch (InputException)
        {
            return false;
        }
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double number)
        && double.IsFinite(number)
            ? number
            : null;

    private static string Example(RecipeSetting setting) => setting.IsList ? $"'{setting.Key}=64,32;128,64'" : $"{setting.Key}=A,B";
}
