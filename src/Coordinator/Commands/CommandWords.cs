using System.CommandLine;

namespace Distributed.Coordinator.Commands;

/// <summary>A command line split into words, not yet judged.</summary>
/// <param name="Definition">The command that was named, or the default one.</param>
/// <param name="IsRoot">No command was named.</param>
/// <param name="Rest">Words that are neither a command, nor an option of this command, nor an option's value; in order.</param>
/// <param name="Result">The options and their values.</param>
public sealed record CommandWords(CommandDefinition Definition, bool IsRoot, IReadOnlyList<string> Rest, ParseResult Result);
