using System.Text;

namespace Distributed.Coordinator.Commands;

/// <summary>
/// Help for one command, or for the program: options in groups, defaults, examples and exit codes, wrapped to the terminal.
/// </summary>
public sealed class HelpText(CommandTree tree, int width)
{
    private const int WidthMax = 110;
    private const int LeftColumnMax = 48;
    private const int NarrowWidth = 72;
    private const char UnbrokenSpace = '\u00A0';

    private readonly int _width = Math.Clamp(width, 30, WidthMax);
    private readonly StringBuilder _text = new();

    /// <param name="command">Whose help.</param>
    /// <param name="isRoot">No command was named: the program's own help, which includes the default command's options.</param>
    public string For(CommandDefinition command, bool isRoot)
    {
        if (isRoot)
        {
            Paragraph("Trains neural networks data-parallel on CPUs. The trained weights are the same bytes for any number of workers.", 0);
        }
        else
        {
            Paragraph($"{CommandLine.ProgramName} {command.Name}: {command.Summary}", 0);
        }

        Usage(command, isRoot);
        Section("Examples", [.. command.Examples.Select(example => ($"{CommandLine.ProgramName} {example.CommandLine}", example.Meaning))]);
        Section("Values", [.. command.Arguments.Select(argument => (argument.Name, argument.Help))]);
        Options(command);
        foreach (string note in command.Notes)
        {
            _text.Append('\n');
            Paragraph(note, 0);
        }

        Heading("Exit codes");
        Paragraph("0 done, 1 failed, 2 bad usage or input, 130 interrupted", 2);
        return _text.ToString();
    }

    private void Usage(CommandDefinition command, bool isRoot)
    {
        if (!isRoot)
        {
            Heading("Usage");
            Paragraph($"{CommandLine.ProgramName} {command.Name}{Words(command)} [options]", 2);
            return;
        }

        Section(
            "Usage",
            [
                ($"{CommandLine.ProgramName} [{tree.Default.Name}] [options]", tree.Default.Summary + " (the default command)"),
                .. tree.Commands.Skip(1).Select(other => ($"{CommandLine.ProgramName} {other.Name}{Words(other)}", other.Summary)),
                ($"{CommandLine.ProgramName} COMMAND --help", "more about a command"),
            ]
        );
    }

    private void Options(CommandDefinition command)
    {
        int column = command.Options.Max(option => Left(option).Length) + 4;
        foreach (IGrouping<string, CommandOption> group in command.Options.GroupBy(option => option.Group))
        {
            Heading(group.Key);
            foreach (CommandOption option in group)
            {
                Row(Left(option), option.DefaultText is null ? option.Help : $"{option.Help} {Unbroken($"[{option.DefaultText}]", column)}", column);
            }
        }
    }

    /// <summary>A default is easier to find where no line ends in it; one that is too long for that wraps like any text.</summary>
    private string Unbroken(string text, int column) => column + text.Length <= _width ? text.Replace(' ', UnbrokenSpace) : text;

    private static string Left(CommandOption option)
    {
        string names = string.Join(", ", [option.Name, .. option.Aliases]);
        return option.Placeholder is null ? names : $"{names} {option.Placeholder}";
    }

    private static string Words(CommandDefinition command) =>
        string.Concat(command.Arguments.Select(a => a.Required ? $" {a.Name}" : $" [{a.Name}]"));

    private void Heading(string title) => _text.Append('\n').Append(title).Append(":\n");

    private void Section(string title, IReadOnlyList<(string Left, string Right)> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        Heading(title);
        int column = Math.Min(LeftColumnMax, rows.Max(row => row.Left.Length) + 4);
        foreach ((string left, string right) in rows)
        {
            Row(left, right, column);
        }
    }

    /// <summary>Two columns; where the left text is too long or the terminal too narrow, the right one begins on the next line.</summary>
    private void Row(string left, string right, int column)
    {
        bool ownLine = _width < NarrowWidth || left.Length + 4 > column;
        int indent = _width < NarrowWidth ? 6 : column;
        _text.Append("  ").Append(left);
        _text.Append(ownLine ? "\n" : new string(' ', column - 2 - left.Length));
        Wrap(right, indent, ownLine ? 0 : indent);
    }

    private void Paragraph(string text, int indent) => Wrap(text, indent, 0);

    /// <summary>
    /// Writes words between <paramref name="indent"/> and the right edge; the first line has already used <paramref name="column"/>
    /// columns.
    /// </summary>
    private void Wrap(string text, int indent, int column)
    {
        bool lineIsEmpty = true;
        foreach (string word in text.Split(' '))
        {
            if (!lineIsEmpty && column + 1 + word.Length > _width)
            {
                _text.Append('\n');
                column = 0;
                lineIsEmpty = true;
            }

            string gap =
                !lineIsEmpty ? " "
                : column == 0 ? new string(' ', indent)
                : "";
            _text.Append(gap).Append(word.Replace(UnbrokenSpace, ' '));
            column += gap.Length + word.Length;
            lineIsEmpty = false;
        }

        _text.Append('\n');
    }
}
