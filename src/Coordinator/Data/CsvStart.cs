using Distributed.Protocol;

namespace Distributed.Coordinator.Data;

/// <summary>What the first lines of a CSV file tell about the rest.</summary>
/// <param name="Header">The layout.</param>
/// <param name="Second">The second line that is not blank, or null.</param>
/// <param name="TextOffset">Where the text begins: behind the byte order mark, if there is one.</param>
public sealed record CsvStart(CsvHeader Header, byte[]? Second, int TextOffset)
{
    /// <summary>Reads the start of <paramref name="file"/>.</summary>
    public static CsvStart Read(Stream file, string name, string? labelOption)
    {
        int offset = FindText(file, name);
        file.Position = offset;
        var lines = new CsvLines(ByteSource.OpenPart(file, name, file.Length));
        byte[] first = lines.TryRead(out ReadOnlySpan<byte> line)
            ? line.ToArray()
            : throw new InputException($"{name}: the file is empty; lines of a label and features are expected.");
        long number = lines.Number;
        byte[]? second = lines.TryRead(out line) ? line.ToArray() : null;
        return new CsvStart(CsvHeader.Detect(name, number, first, second, labelOption), second, offset);
    }

    private static int FindText(Stream file, string name)
    {
        Span<byte> start = stackalloc byte[3];
        file.Position = 0;
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start[..read] switch
        {
            [0xEF, 0xBB, 0xBF] => 3,
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => throw new InputException(
                $"{name}, byte 0: the text is UTF-16; save the file as UTF-8."),
            [0x1F, 0x8B, ..] => throw new InputException($"{name}, byte 0: the file is gzip, not text; unpack it first (gunzip)."),
            [(byte)'P', (byte)'K', ..] => throw new InputException(
                $"{name}, byte 0: the file is a zip archive, not text; unpack it first."),
            _ => 0,
        };
    }
}
