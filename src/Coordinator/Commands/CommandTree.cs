using System.CommandLine;

namespace Distributed.Coordinator.Commands;

/// <summary>
/// The parser of the whole program. The root accepts what the default command accepts. The parser only splits the line into commands,
/// options and values; it never judges, so that every wrong line reaches <see cref="UsageCheck"/>.
/// </summary>
public sealed class CommandTree
{
    private static readonly ParserConfiguration PlainWords = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    private readonly Command _root;
    private readonly Dictionary<Command, (CommandDefinition Definition, Argument<string[]> Words)> _commands = [];

    /// <param name="name">The program's.</param>
    /// <param name="commands">The first is the default one.</param>
    public CommandTree(string name, IReadOnlyList<CommandDefinition> commands)
    {
        Commands = commands;
        _root = Symbol(name, Default);
        foreach (CommandDefinition command in commands)
        {
            _root.Subcommands.Add(Symbol(command.Name, command));
        }
    }

    public IReadOnlyList<CommandDefinition> Commands { get; }

    public CommandDefinition Default => Commands[0];

    /// <summary>Splits <paramref name="args"/> into a command, options and values, right or wrong.</summary>
    public CommandWords Split(IReadOnlyList<string> args)
    {
        ParseResult result = _root.Parse(args, PlainWords);
        Command command = result.CommandResult.Command;
        (CommandDefinition definition, Argument<string[]> rest) = _commands[command];
        string[] words = [.. result.GetResult(rest)?.Tokens.Select(token => token.Value) ?? [], .. result.UnmatchedTokens];
        return new CommandWords(definition, IsRoot: command == _root, words, result);
    }

    private Command Symbol(string name, CommandDefinition definition)
    {
        var rest = new Argument<string[]>("words") { Arity = ArgumentArity.ZeroOrMore };
        var symbol = new Command(name) { TreatUnmatchedTokensAsErrors = false };
        symbol.Arguments.Add(rest);
        foreach (CommandOption option in definition.Options)
        {
            symbol.Options.Add(option.Symbol);
        }

        _commands.Add(symbol, (definition, rest));
        return symbol;
    }
}
