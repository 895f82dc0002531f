using Distributed.Numerics;

namespace Distributed.Coordinator.Terminal;

/// <summary>
/// Rows under headings, in columns. Columns that do not fit the terminal follow in a further table below, with the first column again.
/// </summary>
/// <param name="columns">The first names the rows.</param>
public sealed class TextTable(params IReadOnlyList<TextColumn> columns)
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [[.. columns.Select(column => column.Heading)]];

    /// <summary>Adds a row: one cell per column.</summary>
    public void Add(params IEnumerable<string> cells)
    {
        string[] row = [.. cells];
        Check.That(row.Length == columns.Count);
        _rows.Add(row);
    }

    /// <summary>The table, or tables with an empty line between them.</summary>
    /// <param name="width">Columns of the terminal.</param>
    public IEnumerable<string> Lines(int width)
    {
        int[] widths = [.. columns.Select((_, column) => _rows.Max(row => row[column].Length))];
        int first = 1;
        do
        {
            int end = first;
            int used = widths[0];
            while (end < columns.Count && (end == first || used + Gap.Length + widths[end] < width))
            {
                used += Gap.Length + widths[end];
                end++;
            }

            int[] shown = [0, .. Enumerable.Range(first, end - first)];
            foreach (string[] row in _rows)
            {
                yield return string.Join(Gap, shown.Select(column => Aligned(row[column], column, widths[column]))).TrimEnd();
            }

            first = end;
            if (first < columns.Count)
            {
                yield return "";
            }
        }
        while (first < columns.Count);
    }

    private string Aligned(string cell, int column, int width) => columns[column].IsNumber ? cell.PadLeft(width) : cell.PadRight(width);
}

/// <summary>A column of a <see cref="TextTable"/>.</summary>
/// <param name="Heading">In its first line.</param>
/// <param name="IsNumber">Aligned at the right.</param>
public readonly record struct TextColumn(string Heading, bool IsNumber = false);
