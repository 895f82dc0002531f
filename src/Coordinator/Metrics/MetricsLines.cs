using Distributed.Coordinator.Storage;

namespace Distributed.Coordinator.Metrics;

/// <summary>The lines of metrics.jsonl with their exact bytes, so that what is kept stays as it was written.</summary>
internal sealed class MetricsLines
{
    private readonly IReadOnlyList<(MetricsRecord Record, ReadOnlyMemory<byte> Line)> lines;
    private readonly IReadOnlyList<string> warnings;

    private MetricsLines(IReadOnlyList<(MetricsRecord Record, ReadOnlyMemory<byte> Line)> lines, IReadOnlyList<string> warnings)
    {
        this.lines = lines;
        this.warnings = warnings;
    }

    /// <summary>The lines one after the other.</summary>
    public byte[] Bytes => [.. lines.SelectMany(line => line.Line.ToArray())];

    public MetricsHistory ToHistory() => new([.. lines.Select(line => line.Record)], warnings);

    /// <summary>The lines whose record satisfies <paramref name="condition"/>.</summary>
    public MetricsLines Where(Func<MetricsRecord, bool> condition) => new([.. lines.Where(line => condition(line.Record))], warnings);

    public static MetricsLines Read(IRunStore store)
    {
        if (!store.Exists(MetricsHistory.FileName))
        {
            return new MetricsLines([], []);
        }

        using Stream stream = store.OpenRead(MetricsHistory.FileName);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Split(bytes, store.Locate(MetricsHistory.FileName));
    }

    private static MetricsLines Split(byte[] bytes, string file)
    {
        var lines = new List<(MetricsRecord, ReadOnlyMemory<byte>)>();
        var warnings = new List<string>();
        int start = 0;
        for (int number = 1; start < bytes.Length; number++)
        {
            int newline = bytes.AsSpan(start).IndexOf((byte)'\n');
            if (newline < 0)
            {
                break;
            }

            ReadOnlyMemory<byte> line = bytes.AsMemory(start, newline + 1);
            start += line.Length;
            if (MetricsJson.TryParse(line.Span, out MetricsRecord? record))
            {
                lines.Add((record!, line));
            }
            else if (start < bytes.Length)
            {
                warnings.Add($"Line {number} of '{file}' is not a metrics record and is left out.");
            }
        }

        return new MetricsLines(lines, warnings);
    }
}
