using System.CommandLine;
using System.Text.RegularExpressions;
using Distributed.Coordinator.Commands;
using Distributed.Worker;

namespace Distributed.Deploy;

/// <summary>A command line of one of the two programs, as some file under deploy/ has it.</summary>
/// <param name="Role">coordinator or worker.</param>
/// <param name="Arguments">What follows the program.</param>
internal sealed partial record RoleCommand(string Role, IReadOnlyList<string> Arguments)
{
    /// <summary>What follows the option; null where it is not given.</summary>
    internal string? ValueOf(string option)
    {
        for (int i = 0; i < Arguments.Count; i++)
        {
            if (Arguments[i].StartsWith(option + "=", StringComparison.Ordinal))
            {
                return Arguments[i][(option.Length + 1)..];
            }

            if (Arguments[i] == option && i + 1 < Arguments.Count)
            {
                return Arguments[i + 1];
            }
        }

        return null;
    }

    /// <summary>The port of an option's HOST:PORT.</summary>
    internal int PortOf(string option) => int.Parse(ValueOf(option)!.Split(':')[^1]);

    /// <summary>What the program's own parser objects to; null for nothing.</summary>
    internal string? Objection()
    {
        string[] arguments = [.. Arguments];
        if (Role == "worker")
        {
            ParseResult parsed = new WorkerOptionsReader().Command.Parse(arguments);
            return parsed.Errors.Count == 0 ? null : parsed.Errors[0].Message;
        }

        CommandTree tree = CommandLine.Tree(cores: 2);
        try
        {
            _ = new UsageCheck(tree).Check(tree.Split(arguments));
            return null;
        }
        catch (Protocol.InputException error)
        {
            return error.Message;
        }
    }

    /// <summary>The command in a line of a shell script, a unit or a page; null where neither program is in it.</summary>
    internal static RoleCommand? In(string line)
    {
        Match match = ProgramPattern().Match(line);
        return match.Success ? new RoleCommand(match.Groups["role"].Value, Words(match.Groups["rest"].Value)) : null;
    }

    private static string[] Words(string rest) => WordPattern()
        .Matches(rest)
        .Select(word => word.Value.Replace("\"", ""))
        .TakeWhile(word => word is not ("&" or "|" or "&&" or "2>&1"))
        .Where(word => word is not ("$@" or "$TRAIN_OPTIONS"))
        .ToArray();

    [GeneratedRegex(@"(/opt/distributed|\$home)/(?<role>coordinator|worker)""? +(?<rest>\S.*)$")]
    private static partial Regex ProgramPattern();

    [GeneratedRegex(@"(""[^""]*""|\$\(\([^)]*\)\)|[^\s""])+")]
    private static partial Regex WordPattern();
}
