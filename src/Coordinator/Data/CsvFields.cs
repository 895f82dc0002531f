namespace Distributed.Coordinator.Data;

/// <summary>
/// Walks the fields of one CSV line. A field may stand in double quotes, inside which separators count as text and "" is one quote;
/// blanks around it are dropped.
/// </summary>
public ref struct CsvFields(ReadOnlySpan<byte> line, byte separator)
{
    private readonly byte _separator = separator;
    private ReadOnlySpan<byte> _rest = line;
    private bool _finished;

    /// <summary>The field without its quotes; a doubled quote stays doubled.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>True when the field's quotes are not closed on its line, or text follows them.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Moves to the next field.</summary>
    public bool MoveNext()
    {
        if (_finished)
        {
            return false;
        }

        ReadOnlySpan<byte> trimmed = TrimStart(_rest);
        if (trimmed.StartsWith("\""u8))
        {
            TakeQuoted(trimmed[1..]);
        }
        else
        {
            Current = Trim(TakeUpToSeparator());
        }

        return true;
    }

    private void TakeQuoted(ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (length < text.Length && (text[length] != '"' || text[length..].StartsWith("\"\""u8)))
        {
            length += text[length] == '"' ? 2 : 1;
        }

        IsMalformed = length == text.Length;
        Current = text[..length];
        _rest = IsMalformed ? default : text[(length + 1)..];
        IsMalformed |= Trim(TakeUpToSeparator()).Length > 0;
    }

    private ReadOnlySpan<byte> TakeUpToSeparator()
    {
        int length = _rest.IndexOf(_separator);
        _finished = length < 0;
        ReadOnlySpan<byte> taken = _finished ? _rest : _rest[..length];
        _rest = _finished ? default : _rest[(length + 1)..];
        return taken;
    }

    /// <summary>A tab is a blank only where it does not separate.</summary>
    private readonly ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> text) =>
        _separator == '\t' ? text.TrimStart((byte)' ') : text.TrimStart(" \t"u8);

    private readonly ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) =>
        _separator == '\t' ? text.Trim((byte)' ') : text.Trim(" \t"u8);
}
