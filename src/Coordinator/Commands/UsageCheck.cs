using System.CommandLine.Parsing;
using Distributed.Coordinator.Recipes;
using Distributed.Protocol;

namespace Distributed.Coordinator.Commands;

/// <summary>
/// Judges the shape of a command line and throws the one sentence that helps most: a word that is not known comes before a value that
/// is missing, since the first often causes the second.
/// </summary>
public sealed class UsageCheck(CommandTree tree)
{
    /// <exception cref="InputException">The command line is wrong.</exception>
    public ParsedCommand Check(CommandWords words)
    {
        RefuseSwallowedOptions(words);
        RefuseUnknownWords(words);
        RefuseOptionsOfOtherCommands(words);
        foreach (CommandOption option in words.Definition.Options)
        {
            RefuseRepeatedOrEmpty(option, words.Result.GetResult(option.Symbol));
        }

        RefuseWrongArgumentCount(words);
        return new ParsedCommand(words.Definition, words.Rest, words.Result);
    }

    /// <summary>"--data --epochs 3" would leave the 3 over: the missing value is the cause, and comes first.</summary>
    private static void RefuseSwallowedOptions(CommandWords words)
    {
        CommandOption? swallower = words.Definition.Options.FirstOrDefault(option =>
            words.Result.GetResult(option.Symbol)?.Tokens.Any(token => token.Value.StartsWith("--", StringComparison.Ordinal)) == true
        );
        if (swallower is not null)
        {
            throw MissingValue(swallower);
        }
    }

    private void RefuseUnknownWords(CommandWords words)
    {
        string? option = words.Rest.FirstOrDefault(IsOption);
        string? stray = words.Rest.FirstOrDefault(word => !IsOption(word));
        bool strayFirst = stray is not null && stray == words.Rest[0];
        if (words.IsRoot && strayFirst)
        {
            throw UnknownCommand(stray!);
        }

        if (option is not null)
        {
            throw UnknownOption(words, option.Split('=', ':')[0]);
        }
    }

    private InputException UnknownCommand(string word)
    {
        string meant = OptionSynonyms.Find(word) ?? word;
        string hint = word.Equals("help", StringComparison.OrdinalIgnoreCase)
            ? "; did you mean --help?"
            : Nearest.Hint(meant, tree.Commands.Select(command => command.Name));
        if (hint.Length == 0 && RecipeCatalog.Names.Contains(word))
        {
            hint = $"; did you mean --recipe {word}?";
        }

        return new InputException(
            $"unknown command {SettingText.Shown(word)}"
                + (hint.Length > 0 ? hint : $"; the commands are {Listed(tree.Commands.Select(command => command.Name))}")
        );
    }

    private InputException UnknownOption(CommandWords words, string option)
    {
        string meant = OptionSynonyms.Find(option) is { } ours ? $"--{ours}" : option;
        string? nearest = Nearest.To(meant, words.Definition.Options.Select(known => known.Name));
        if (nearest is not null)
        {
            return new InputException($"unknown option {option}; did you mean {nearest}?");
        }

        string[] others = [.. tree.Commands.Where(command => command.FindOption(option) is not null).Select(command => command.Name)];
        return new InputException(
            others.Length > 0
                ? $"{option} is an option of {Listed(others)}, not of {words.Definition.Name}"
                : $"unknown option {option}; \"{CommandLine.ProgramName} {words.Definition.Name} --help\" lists those there are"
        );
    }

    /// <summary>Options that stand before the command's name belong to the default command.</summary>
    private void RefuseOptionsOfOtherCommands(CommandWords words)
    {
        CommandOption? foreign = tree.Default.Options.FirstOrDefault(option =>
            !words.Definition.Options.Contains(option) && words.Result.GetResult(option.Symbol) is { Implicit: false }
        );
        if (foreign is not null)
        {
            throw new InputException(
                words.Definition.FindOption(foreign.Name) is null
                    ? $"{foreign.Name} is an option of {tree.Default.Name}, not of {words.Definition.Name}"
                    : $"{foreign.Name} belongs after the command: {CommandLine.ProgramName} {words.Definition.Name} {foreign.Name} …"
            );
        }
    }

    private static void RefuseRepeatedOrEmpty(CommandOption option, OptionResult? result)
    {
        if (result is null or { Implicit: true })
        {
            return;
        }

        if (result.IdentifierTokenCount > 1 && !option.IsRepeatable)
        {
            throw new InputException(
                $"{option.Name} is given {Times(result.IdentifierTokenCount)}; give it once"
            );
        }

        if (option is { Placeholder: not null, IsValueOptional: false } && (result.Tokens.Count == 0 || result.Tokens.Any(token => token.Value.Length == 0)))
        {
            throw MissingValue(option);
        }
    }

    private static string Times(int count) => count == 2 ? "twice" : $"{count} times";

    private static InputException MissingValue(CommandOption option) =>
        new($"{option.Name} needs a value: {option.Name} {option.Placeholder} ({option.Help})");

    private static void RefuseWrongArgumentCount(CommandWords words)
    {
        IReadOnlyList<CommandArgument> expected = words.Definition.Arguments;
        if (words.Rest.Count > expected.Count && expected is not [.., { Repeats: true }])
        {
            string extra = SettingText.Shown(words.Rest[expected.Count]);
            string taken = expected.Count == 0 ? "options only" : string.Join(" then ", expected.Select(argument => argument.Name));
            throw new InputException($"unexpected value {extra}; {words.Definition.Name} takes {taken}");
        }

        CommandArgument? missing = expected.Skip(words.Rest.Count).FirstOrDefault(argument => argument.Required);
        if (missing is not null)
        {
            throw new InputException($"{words.Definition.Name} needs {missing.Name}: {missing.Help}");
        }
    }

    /// <summary>A dash alone, or before a digit, begins a value.</summary>
    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]) && word[1] != '.';

    private static string Listed(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length == 1 ? all[0] : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
