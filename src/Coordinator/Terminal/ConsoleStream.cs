namespace Distributed.Coordinator.Terminal;

/// <summary>Standard output or standard error.</summary>
/// <param name="Writer">Where text goes.</param>
/// <param name="IsTerminal">A person may be watching.</param>
/// <param name="HasEscapes">The terminal understands colors and cursor movement, and they are wanted.</param>
/// <param name="ReadWidth">Columns, asked anew each time since a window may be resized.</param>
public sealed record ConsoleStream(TextWriter Writer, bool IsTerminal, bool HasEscapes, Func<int> ReadWidth)
{
    private const int WidthWithoutTerminal = 100;

    /// <summary>Columns of the terminal, or a common width where there is none.</summary>
    public int Width => IsTerminal && ReadWidth() is > 0 and var width ? width : WidthWithoutTerminal;

    /// <summary>Removes a live region that is left behind when the process ends at once.</summary>
    public void EraseRegion()
    {
        if (HasEscapes)
        {
            Writer.Write("\r\u001b[J");
        }
    }
}
