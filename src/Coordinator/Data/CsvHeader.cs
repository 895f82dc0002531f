using System.Globalization;
using System.Text;
using Distributed.Coordinator.Recipes;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>How the lines of a CSV file are laid out.</summary>
/// <param name="Separator">Comma, semicolon or tab.</param>
/// <param name="Columns">Columns of every line, the label's among them.</param>
/// <param name="LabelColumn">Index of the label's column, from 0.</param>
/// <param name="Names">The column names, or null where the first line is already a sample.</param>
public sealed record CsvHeader(byte Separator, int Columns, int LabelColumn, IReadOnlyList<string>? Names)
{
    /// <summary>How an error names a column, counted from 1.</summary>
    public string Describe(int column) => Names is null ? $"column {column + 1}" : $"column {column + 1} ({Shown.Value(Names[column])})";

    /// <summary>Reads the layout off the first two lines that are not blank.</summary>
    /// <param name="name">What an error calls the file.</param>
    /// <param name="number">The number of the first line.</param>
    /// <param name="first">The first line: names or a sample.</param>
    /// <param name="second">The second, always a sample; null where there is none.</param>
    /// <param name="labelOption">A column's name, its number from 1, or null for the first column.</param>
    public static CsvHeader Detect(string name, long number, byte[] first, byte[]? second, string? labelOption)
    {
        byte separator = SeparatorOf(second ?? first);
        List<string> fields = FieldsOf(name, number, first, separator);
        CsvFieldKind[] kinds = [.. fields.Select(field => CsvNumber.Parse(Encoding.UTF8.GetBytes(field), out _))];
        if (fields.Count < 2)
        {
            throw new InputException(
                $"{name}, line {number}: only one column was found; " +
                "a label and at least one feature are needed, separated by commas, semicolons or tabs.");
        }

        (int label, bool byName) = FindLabel(name, fields, kinds.Contains(CsvFieldKind.Text), labelOption);
        bool isHeader = byName || IsHeader(kinds, label);
        return new CsvHeader(separator, fields.Count, label, isHeader ? fields : null);
    }

    /// <summary>A sample holds numbers only, so a tab or semicolon in it can only separate.</summary>
    private static byte SeparatorOf(ReadOnlySpan<byte> sample) =>
        sample.Contains((byte)'\t') ? (byte)'\t' : sample.Contains((byte)';') ? (byte)';' : (byte)',';

    private static List<string> FieldsOf(string name, long number, ReadOnlySpan<byte> line, byte separator)
    {
        var fields = new List<string>();
        var walk = new CsvFields(line, separator);
        while (walk.MoveNext())
        {
            if (walk.IsMalformed)
            {
                throw new InputException(
                    $"{name}, line {number}, column {fields.Count + 1}: a quote is not closed before the next separator or the end of " +
                    "the line.");
            }

            if (fields.Count > DatasetLimits.FeaturesMax)
            {
                throw new InputException($"{name}, line {number}: too many columns; a label and {DatasetLimits.FeaturesMax} features are allowed.");
            }

            fields.Add(Encoding.UTF8.GetString(walk.Current).Replace("\"\"", "\"", StringComparison.Ordinal));
        }

        return fields;
    }

    /// <summary>
    /// A first line of names has text where the label should be, or at least no number there and text elsewhere, or mostly text.
    /// A single odd field in a line of numbers is an error in a sample, and is reported when that sample is read.
    /// </summary>
    private static bool IsHeader(CsvFieldKind[] kinds, int label)
    {
        int texts = kinds.Count(kind => kind == CsvFieldKind.Text);
        return kinds[label] switch
        {
            CsvFieldKind.Text => true,
            CsvFieldKind.Empty => texts > 0,
            _ => 2 * texts > kinds.Length,
        };
    }

    private static (int Column, bool ByName) FindLabel(string name, List<string> fields, bool mayBeNames, string? option)
    {
        if (option is null)
        {
            return (0, false);
        }

        int named = mayBeNames ? fields.IndexOf(option) : -1;
        named = mayBeNames && named < 0 ? fields.FindIndex(field => field.Equals(option, StringComparison.OrdinalIgnoreCase)) : named;
        if (named >= 0)
        {
            return (named, true);
        }

        bool isNumber = int.TryParse(option, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return isNumber && number >= 1 && number <= fields.Count
            ? (number - 1, false)
            : throw NoSuchColumn(name, fields, mayBeNames, option);
    }

    private static InputException NoSuchColumn(string name, List<string> fields, bool mayBeNames, string option)
    {
        string numbers = $"give a number from 1 to {fields.Count}";
        if (!mayBeNames)
        {
            return new InputException(
                $"{name}: there is no column {Shown.Value(option)} for --label-column; the file has no header line, so {numbers}.");
        }

        string hint = Nearest.To(option, fields) is string near
            ? $"did you mean {Shown.Value(near)}?"
            : $"the columns are {Shown.Some(fields)}.";
        return new InputException($"{name}: there is no column {Shown.Value(option)} for --label-column; {numbers}, or a name: {hint}");
    }
}
