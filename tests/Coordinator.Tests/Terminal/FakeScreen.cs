using System.Globalization;

namespace Distributed.Coordinator.Tests.Terminal;

/// <summary>
/// A small terminal: it understands the escape codes the display and .NET's own console use and throws at any other, and at text that would wrap.
/// </summary>
public sealed class FakeScreen
{
    private readonly List<List<Cell>> _rows = [[]];
    private int _row;
    private string _style = "";

    public FakeScreen(int width)
    {
        Width = width;
        Writer = new ScreenWriter(this);
    }

    public int Width { get; set; }

    public TextWriter Writer { get; }

    /// <summary>Times the program wrote.</summary>
    public int Writes { get; private set; }

    public int Column { get; private set; }

    /// <summary>The rows that have text, without spaces at their ends.</summary>
    public IReadOnlyList<string> Lines => [.. _rows.Select(TextOf).Where(row => row.Length > 0)];

    /// <summary>The same rows as parts of one style each, as the parameter of its escape code: "" for plain, "2" for dim.</summary>
    public IReadOnlyList<IReadOnlyList<(string Text, string Style)>> StyledLines => [.. _rows.Where(row => TextOf(row).Length > 0).Select(Parts)];

    private static string TextOf(List<Cell> row) => string.Concat(row.Select(cell => cell.Character)).TrimEnd();

    private static List<(string Text, string Style)> Parts(List<Cell> row)
    {
        var parts = new List<(string Text, string Style)>();
        foreach (Cell cell in row)
        {
            if (parts.Count > 0 && parts[^1].Style == cell.Style)
            {
                parts[^1] = (parts[^1].Text + cell.Character, cell.Style);
            }
            else
            {
                parts.Add(($"{cell.Character}", cell.Style));
            }
        }

        return parts;
    }

    private void Show(string text)
    {
        Writes++;
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\r':
                    Column = 0;
                    break;
                case '\n':
                    MoveDown();
                    break;
                case '\u001b':
                    i = Escape(text, i);
                    break;
                default:
                    Put(text[i]);
                    break;
            }
        }
    }

    private void MoveDown()
    {
        Column = 0;
        _row++;
        if (_row == _rows.Count)
        {
            _rows.Add([]);
        }
    }

    private void Put(char character)
    {
        if (Column >= Width)
        {
            throw new InvalidOperationException($"'{character}' would wrap: {TextOf(_rows[_row])}");
        }

        List<Cell> row = _rows[_row];
        row.AddRange(Enumerable.Repeat(new Cell(' ', ""), Math.Max(0, Column + 1 - row.Count)));
        row[Column++] = new Cell(character, _style);
    }

    private int Escape(string text, int at)
    {
        if (text[at + 1] == '=')
        {
            // What the keypad's keys send.
            return at + 1;
        }

        int end = at + 2;
        while (!char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        string parameter = text[(at + 2)..end];
        switch (text[end])
        {
            case 'A':
                _row -= Math.Max(1, int.Parse(parameter, CultureInfo.InvariantCulture));
                Assert.True(_row >= 0);
                break;
            case 'K' when parameter.Length == 0:
                EraseToLineEnd();
                break;
            case 'J' when parameter.Length == 0:
                EraseToLineEnd();
                _rows.RemoveRange(_row + 1, _rows.Count - _row - 1);
                break;
            case 'm':
                _style = parameter == "0" ? "" : parameter;
                break;
            case 'h' when parameter == "?1":
                // What the arrow keys send.
                break;
            default:
                throw new InvalidOperationException($"unknown escape code {text[(at + 1)..(end + 1)]}");
        }

        return end;
    }

    private void EraseToLineEnd()
    {
        int kept = Math.Min(_rows[_row].Count, Column);
        _rows[_row].RemoveRange(kept, _rows[_row].Count - kept);
    }

    private readonly record struct Cell(char Character, string Style);

    private sealed class ScreenWriter(FakeScreen screen) : StringWriter
    {
        public override void Write(char value) => screen.Show(value.ToString());

        public override void Write(string? value) => screen.Show(value ?? "");
    }
}
