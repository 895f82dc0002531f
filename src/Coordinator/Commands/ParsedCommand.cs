using System.CommandLine;
using Distributed.Coordinator.Recipes;

namespace Distributed.Coordinator.Commands;

/// <summary>A command line that passed <see cref="UsageCheck"/>: which command, and the text of each value.</summary>
public sealed class ParsedCommand(CommandDefinition definition, IReadOnlyList<string> arguments, ParseResult result)
{
    public CommandDefinition Definition => definition;

    /// <summary>The values without an option's name, in order.</summary>
    public IReadOnlyList<string> Arguments => arguments;

    /// <summary>Whether the option stands on the command line.</summary>
    public bool Has(CommandOption option) => result.GetResult(option.Symbol) is { Implicit: false };

    /// <summary>The option's value, or null where it was not given.</summary>
    public SettingText? Value(CommandOption option) =>
        result.GetResult(option.Symbol) is { Implicit: false, Tokens: [var token, ..] } ? new SettingText(option.Name, token.Value) : null;

    /// <summary>The texts of an option that may be given more than once, in order.</summary>
    public IReadOnlyList<string> Texts(CommandOption option) =>
        result.GetResult(option.Symbol) is { Implicit: false } given ? [.. given.Tokens.Select(token => token.Value)] : [];

    /// <summary>The option's text, or null where it was not given.</summary>
    public string? Text(CommandOption option) => Value(option)?.Text;
}
