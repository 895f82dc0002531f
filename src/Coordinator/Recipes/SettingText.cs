using Distributed.Protocol;

namespace Distributed.Coordinator.Recipes;

/// <summary>A value as a person wrote it, and where: an option's name, or a recipe file with its line and key.</summary>
/// <param name="Origin">Begins the sentence when the value is wrong: "--epochs", or "my.yaml, line 3: epochs".</param>
/// <param name="Text">The value, not yet understood.</param>
public readonly record struct SettingText(string Origin, string Text)
{
    private const int ShownCharactersMax = 60;

    /// <summary>The one sentence for a value that is not <paramref name="allowed"/>, with a hint where there is a good one.</summary>
    public InputException NotAllowed(string allowed, string? hint = null) =>
        new($"{Origin} must be {allowed}, not {Shown(Text)}{(hint is null ? "" : $"; {hint}")}");

    /// <summary>
    /// <paramref name="text"/> in quotes, shortened, with control characters made visible: it may come from a hostile file.
    /// </summary>
    public static string Shown(string text)
    {
        string cut = text.Length <= ShownCharactersMax ? text : string.Concat(text.AsSpan(0, ShownCharactersMax), "…");
        return $"\"{string.Concat(cut.Select(c => char.IsControl(c) ? '?' : c))}\"";
    }
}
