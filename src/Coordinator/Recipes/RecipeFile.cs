using Distributed.Protocol;

namespace Distributed.Coordinator.Recipes;

/// <summary>
/// A recipe as a file that a person can copy and change. Keys that are left out keep the defaults of <see cref="Recipe"/>.
/// </summary>
public static class RecipeFile
{
    private const string NameKey = "name";
    private const string DescriptionKey = "description";
    private const int NameCharactersMax = 64;

    /// <summary>Every key a recipe file may have.</summary>
    public static IReadOnlyList<string> Keys { get; } = [NameKey, DescriptionKey, .. RecipeSettings.All.Select(setting => setting.Key)];

    /// <summary>Understands a recipe file.</summary>
    /// <param name="text">Its content.</param>
    /// <param name="file">Its name for messages.</param>
    /// <param name="name">The recipe's name where the file does not say.</param>
    /// <exception cref="InputException">A key is unknown, repeated, or its value is not allowed; the sentence names file and line.</exception>
    public static Recipe Parse(string text, string file, string name)
    {
        var recipe = new Recipe { Name = name };
        foreach (RecipeFileEntry entry in RecipeFileEntries.Read(text, file))
        {
            recipe = Apply(recipe, entry, file);
        }

        return recipe;
    }

    private static Recipe Apply(Recipe recipe, RecipeFileEntry entry, string file)
    {
        var setting = new SettingText($"{file}, line {entry.Line}: {entry.Key}", entry.Value);
        return entry.Key switch
        {
            NameKey => recipe with { Name = CheckedName(setting) },
            DescriptionKey => recipe with { Description = entry.Value.Trim() },
            _ => RecipeSettings.Find(entry.Key) is { } known ? known.Apply(recipe, setting) : throw Unknown(entry, file),
        };
    }

    /// <summary>A name becomes part of a run's folder name.</summary>
    private static string CheckedName(SettingText setting) =>
        setting.Text.Length is >= 1 and <= NameCharactersMax
        && char.IsAsciiLetterOrDigit(setting.Text[0])
        && setting.Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? setting.Text
            : throw setting.NotAllowed(
                $"1 to {NameCharactersMax} letters, digits, dashes, dots or underscores, beginning with a letter or digit"
            );

    private static InputException Unknown(RecipeFileEntry entry, string file)
    {
        string hint = Nearest.Hint(OptionSynonyms.Find(entry.Key) ?? entry.Key, Keys);
        return new InputException(
            $"{file}, line {entry.Line}: unknown key {SettingText.Shown(entry.Key)}"
                + (hint.Length > 0 ? hint : $"; the keys are {string.Join(", ", Keys)}")
        );
    }
}
