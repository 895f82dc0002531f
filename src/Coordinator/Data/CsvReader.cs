using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>
/// Samples from a CSV file: one a line, one column for the label and the others for features; commas, semicolons or tabs; an optional header line;
/// numbers with a decimal point, quoted or not.
/// </summary>
public static class CsvReader
{
    /// <summary>Reads the file at <paramref name="path"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="labelOption">The label column's name, its number from 1, or null for the first.</param>
    /// <param name="rule">Which labels are allowed.</param>
    public static Dataset Read(string path, string? labelOption, LabelRule rule)
    {
        using FileStream file = DataFile.OpenRead(path);
        return Read(file, path, labelOption, rule);
    }

    /// <summary>Reads <paramref name="file"/>, which must be seekable: its lines are counted before memory is taken.</summary>
    public static Dataset Read(Stream file, string name, string? labelOption, LabelRule rule)
    {
        CsvStart start = CsvStart.Read(file, name, labelOption);
        long lines = CountLines(file);
        long samplesMax = Math.Min(lines, (file.Length + 1) / (2L * start.Header.Columns));
        if (samplesMax == 0 || start.Second is null && start.Header.Names is not null)
        {
            throw new InputException($"{name}: there is a header line but no sample after it.");
        }

        file.Position = start.TextOffset;
        var rows = new CsvRows(name, start.Header, samplesMax, rule);
        var text = new CsvLines(ByteSource.OpenPart(file, name, file.Length));
        bool skip = start.Header.Names is not null;
        while (text.TryRead(out ReadOnlySpan<byte> line))
        {
            if (!skip)
            {
                rows.Add(line, text.Number);
            }

            skip = false;
        }

        return rows.ToDataset();
    }

    private static long CountLines(Stream file)
    {
        byte[] buffer = new byte[1 << 18];
        file.Position = 0;
        long lines = 1;
        for (int read = file.Read(buffer); read > 0; read = file.Read(buffer))
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        return lines;
    }
}
