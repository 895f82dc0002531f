using Distributed.Protocol;

namespace Distributed.Coordinator.Recipes;

/// <summary>One value of a recipe: its key in a recipe file and, behind two dashes, its option on the command line.</summary>
/// <param name="Key">learning-rate.</param>
/// <param name="Group">The heading it stands under in --help.</param>
/// <param name="Placeholder">What --help shows for the value.</param>
/// <param name="Help">One line for --help.</param>
/// <param name="Apply">The recipe with the value that was written; throws <see cref="InputException"/> for a value that is not allowed.</param>
/// <param name="Format">The recipe's value, as <paramref name="Apply"/> reads it.</param>
public sealed record RecipeSetting(
    string Key,
    string Group,
    string Placeholder,
    string Help,
    Func<Recipe, SettingText, Recipe> Apply,
    Func<Recipe, string> Format
)
{
    /// <summary>One value may hold commas.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether the value does anything in a recipe; an option without effect is refused rather than ignored.</summary>
    public Func<Recipe, bool> HasEffect { get; init; } = _ => true;

    /// <summary>What to add where the value has no effect, completing "has no effect without …".</summary>
    public string NeededFor { get; init; } = "";
}
