using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>
/// Samples from a CSV file: one a line, one column for the label and the others for features; commas, semicolons or tabs; an optional
/// header line; numbers with a decimal point, quoted or not.
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
        bool hasHeader = start.Header.Names is not null;
        if (hasHeader && start.Second is null)
        {
            throw new InputException($"{name}: there is a header line but no sample after it.");
        }

        // A good sample fills a line and has at least a digit and a separator or line end for each column; one more place is for a bad one.
        long samplesMax = Math.Min(CountLines(file) - (hasHeader ? 1 : 0), ((file.Length + 1) / (2L * start.Header.Columns)) + 1);
        file.Position = start.TextOffset;
        var lines = new CsvLines(ByteSource.OpenPart(file, name, file.Length));
        return ReadSamples(lines, new CsvRows(name, start.Header, samplesMax, rule), skipFirst: hasHeader);
    }

    private static Dataset ReadSamples(CsvLines lines, CsvRows rows, bool skipFirst)
    {
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (!skipFirst)
            {
                rows.Add(line, lines.Number);
            }

            skipFirst = false;
        }

        return rows.ToDataset();
    }

    private static long CountLines(Stream file)
    {
        byte[] buffer = new byte[1 << 18];
        file.Position = 0;
        long lines = 0;
        byte last = (byte)'\n';
        for (int read = file.Read(buffer); read > 0; read = file.Read(buffer))
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            last = buffer[read - 1];
        }

        return last == (byte)'\n' ? lines : lines + 1;
    }
}
