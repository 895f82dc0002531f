using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>One row of a CSV file, with or without its label.</summary>
internal static class CsvSample
{
    public static SingleSample Read(Stream file, string name, int features, int index, string? labelColumn)
    {
        CsvHeader header = CsvStart.Read(file, name, labelColumn).Header;
        bool hasLabel = header.Columns == features + 1;
        if (!hasLabel && header.Columns != features)
        {
            throw new InputException(
                $"{name} has {header.Columns} columns, but the model takes {features} features: a row needs {features} columns, or one more with a label");
        }

        if (!hasLabel && labelColumn is not null)
        {
            throw new InputException($"--label-column {labelColumn}: {name} has {features} columns, which are all features; leave the option out");
        }

        (byte[] line, long number) = FindRow(file, name, index, skipFirst: header.Names is not null);
        (float[] row, int? label) = Parse(line, name, number, header, hasLabel ? header.LabelColumn : -1);
        return new SingleSample(Dataset.OfFloats(features, classes: 1, row, [0]), label, $"line {number} of {name}");
    }

    private static (byte[] Line, long Number) FindRow(Stream file, string name, int index, bool skipFirst)
    {
        file.Position = file.ReadByte() == 0xEF ? 3 : 0;
        var lines = new CsvLines(ByteSource.OpenPart(file, name, file.Length));
        int rows = skipFirst ? -1 : 0;
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (rows == index)
            {
                return (line.ToArray(), lines.Number);
            }

            rows++;
        }

        throw rows > 0
            ? SingleSample.NoSuchIndex(index, rows, "row", name)
            : new InputException($"{name}: there is a header line but no row after it.");
    }

    private static (float[] Row, int? Label) Parse(byte[] line, string name, long number, CsvHeader header, int labelColumn)
    {
        var row = new List<float>(header.Columns);
        int? label = null;
        var fields = new CsvFields(line, header.Separator);
        int column = 0;
        for (; column < header.Columns && fields.MoveNext(); column++)
        {
            string where = $"{name}, line {number}, {header.Describe(column)}";
            if (fields.IsMalformed || CsvNumber.Parse(fields.Current, out float value) != CsvFieldKind.Number)
            {
                throw new InputException($"{where}: {Shown.Value(fields.Current)} is not a number; numbers like 12, -0.5 or 1e-3 are allowed");
            }

            if (column != labelColumn)
            {
                row.Add(value);
            }
            else if (LabelRule.Training.TryAccept(value, out int accepted))
            {
                label = accepted;
            }
            else
            {
                throw new InputException($"{where}: label {Shown.Value(fields.Current)} is not allowed; {LabelRule.Training.Allowed}");
            }
        }

        int expected = header.Columns - (labelColumn < 0 ? 0 : 1);
        return row.Count == expected && !fields.MoveNext()
            ? ([.. row], label)
            : throw new InputException($"{name}, line {number}: another number of fields than the {header.Columns} of the first line");
    }
}
