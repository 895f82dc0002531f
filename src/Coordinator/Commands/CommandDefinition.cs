namespace Distributed.Coordinator.Commands;

/// <summary>One command of the program: what help says about it, what it accepts, and what it does.</summary>
/// <param name="Name">train, evaluate …</param>
/// <param name="Summary">One line.</param>
/// <param name="Run">Does it and returns the exit code.</param>
public sealed record CommandDefinition(string Name, string Summary, Func<ParsedCommand, CommandEnvironment, Task<int>> Run)
{
    /// <summary>In order; only the last may be optional.</summary>
    public IReadOnlyList<CommandArgument> Arguments { get; init; } = [];

    /// <summary>In help's order; options of one group stand together.</summary>
    public IReadOnlyList<CommandOption> Options { get; init; } = [];

    /// <summary>Command lines without the program's name, each with what it does.</summary>
    public IReadOnlyList<(string CommandLine, string Meaning)> Examples { get; init; } = [];

    /// <summary>Sentences at the end of help.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The option of that name or alias, or null.</summary>
    public CommandOption? FindOption(string name) => Options.FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));
}
