using System.Globalization;
using System.Text;

namespace Distributed.Coordinator.Tests.Terminal;

/// <summary>
/// A small terminal: it understands the escape codes the display uses and throws at any other, and at text that would wrap.
/// </summary>
public sealed class FakeScreen
{
    private readonly List<StringBuilder> _rows = [new()];
    private int _row;

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
    public IReadOnlyList<string> Lines => [.. _rows.Select(row => row.ToString().TrimEnd()).Where(row => row.Length > 0)];

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
            _rows.Add(new StringBuilder());
        }
    }

    private void Put(char character)
    {
        if (Column >= Width)
        {
            throw new InvalidOperationException($"'{character}' would wrap: {_rows[_row]}");
        }

        StringBuilder row = _rows[_row];
        row.Append(' ', Math.Max(0, Column + 1 - row.Length));
        row[Column++] = character;
    }

    private int Escape(string text, int at)
    {
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
                break;
            default:
                throw new InvalidOperationException($"unknown escape code {text[(at + 1)..(end + 1)]}");
        }

        return end;
    }

    private void EraseToLineEnd() => _rows[_row].Length = Math.Min(_rows[_row].Length, Column);

    private sealed class ScreenWriter(FakeScreen screen) : StringWriter
    {
        public override void Write(char value) => screen.Show(value.ToString());

        public override void Write(string? value) => screen.Show(value ?? "");
    }
}
