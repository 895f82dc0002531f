using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>
/// The non-blank lines of a text file, one at a time, in a buffer that grows to the longest line and no further than the limit.
/// </summary>
public sealed class CsvLines(ByteSource source)
{
    private byte[] _buffer = new byte[1 << 18];
    private int _start;
    private int _end;
    private bool _atEnd;

    /// <summary>What an error calls the file.</summary>
    public string Name => source.Name;

    /// <summary>Number of the line that was read last, from 1; blank lines count.</summary>
    public long Number { get; private set; }

    /// <summary>Reads the next line that holds more than blanks, without its line end. The span is valid until the next call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (TryReadAny(out line))
        {
            if (line.ContainsAnyExcept(" \t"u8))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryReadAny(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = Take(searched + length, lineEndBytes: 1);
                return true;
            }

            searched = _end - _start;
            if (_atEnd)
            {
                line = Take(searched, lineEndBytes: 0);
                return searched > 0;
            }

            ReadMore();
        }
    }

    private ReadOnlySpan<byte> Take(int length, int lineEndBytes)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        _start += length + lineEndBytes;
        Number += length + lineEndBytes > 0 ? 1 : 0;
        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }

    private void ReadMore()
    {
        int kept = _end - _start;
        byte[] target = _buffer;
        if (kept == _buffer.Length)
        {
            target = kept < DatasetLimits.CsvLineBytesMax
                ? new byte[2 * kept]
                : throw new InputException(
                    $"{Name}, line {Number + 1}: longer than {DatasetLimits.CsvLineBytesMax} bytes; is this a CSV file?");
        }

        _buffer.AsSpan(_start, kept).CopyTo(target);
        _buffer = target;
        _start = 0;
        int read = source.Read(_buffer.AsSpan(kept));
        _end = kept + read;
        _atEnd = _end < _buffer.Length;
    }
}
