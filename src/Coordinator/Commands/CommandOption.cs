using System.CommandLine;

namespace Distributed.Coordinator.Commands;

/// <summary>
/// An option as the command line, the help and the checks see it. Every value arrives as text: what is allowed, and the sentence when
/// it is not, belongs to whoever uses the value.
/// </summary>
/// <param name="name">With its two dashes.</param>
/// <param name="placeholder">What stands for the value in help, or null for a flag, which takes none.</param>
/// <param name="group">The heading it stands under in help.</param>
/// <param name="help">One line.</param>
/// <param name="defaultText">What holds when it is not given, or null.</param>
/// <param name="aliases">Other spellings.</param>
public sealed class CommandOption(
    string name,
    string? placeholder,
    string group,
    string help,
    string? defaultText = null,
    params string[] aliases
)
{
    private const int ValuesMax = 100_000;

    public string Name => name;

    public string? Placeholder => placeholder;

    /// <summary>The value may be left out; its placeholder stands in brackets.</summary>
    public bool IsValueOptional => placeholder is not null && placeholder.StartsWith('[');

    /// <summary>It may stand on the command line more than once, each time with another value.</summary>
    public bool IsRepeatable { get; init; }

    public string Group => group;

    public string Help => help;

    public string? DefaultText => defaultText;

    public IReadOnlyList<string> Aliases => aliases;

    /// <summary>
    /// The parser's own symbol. It takes any number of values, so that a repeated option reaches our own check and its sentence.
    /// </summary>
    public Option Symbol { get; } =
        placeholder is null
            ? new Option<bool>(name, aliases) { Arity = ArgumentArity.Zero }
            : new Option<string[]>(name, aliases)
            {
                Arity = new ArgumentArity(placeholder.StartsWith('[') ? 0 : 1, ValuesMax),
                AllowMultipleArgumentsPerToken = false,
            };
}
