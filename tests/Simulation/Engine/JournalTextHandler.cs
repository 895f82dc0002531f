using System.Runtime.CompilerServices;
using System.Text;

namespace Distributed.Simulation.Engine;

/// <summary>An interpolated string that is only put together for a <see cref="Journal"/> that is read: most simulations are read by nobody.</summary>
[InterpolatedStringHandler]
public readonly ref struct JournalTextHandler
{
    private readonly StringBuilder? _text;

    public JournalTextHandler(int literalLength, int formattedCount, Journal journal, out bool isRead)
    {
        isRead = journal.IsRead;
        _text = isRead ? new StringBuilder(literalLength + (8 * formattedCount)) : null;
    }

    public void AppendLiteral(string text) => _text!.Append(text);

    public void AppendFormatted<T>(T value) => _text!.Append(value);

    public void AppendFormatted<T>(T value, string format)
        where T : IFormattable => _text!.Append(value.ToString(format, null));

    public override string ToString() => _text?.ToString() ?? "";
}
