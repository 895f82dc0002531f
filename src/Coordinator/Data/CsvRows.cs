using System.Runtime.CompilerServices;
using Distributed.Numerics;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>
/// Turns lines of numbers into samples. A line of plain whole numbers from 0 to 255 is parsed in one pass straight into bytes;
/// any other line goes field by field.
/// </summary>
public sealed class CsvRows
{
    private readonly string _name;
    private readonly CsvHeader _header;
    private readonly LabelRule _rule;
    private readonly FeatureBuffer _features;
    private readonly float[] _row;
    private int[] _labels;
    private int _count;

    /// <param name="name">What an error calls the file.</param>
    /// <param name="header">The layout of every line.</param>
    /// <param name="samplesMax">The most lines that will come.</param>
    /// <param name="rule">Which labels are allowed.</param>
    public CsvRows(string name, CsvHeader header, long samplesMax, LabelRule rule)
    {
        _name = name;
        _header = header;
        _rule = rule;
        _features = new FeatureBuffer(name, samplesMax, header.Columns - 1);
        _row = new float[header.Columns - 1];
        _labels = new int[samplesMax];
    }

    /// <summary>Adds the sample in <paramref name="line"/>.</summary>
    public void Add(ReadOnlySpan<byte> line, long number)
    {
        if (!TryAddBytes(line))
        {
            AddFields(line, number);
        }

        _count++;
    }

    /// <summary>The samples added.</summary>
    public Dataset ToDataset()
    {
        Check.That(_count >= 1);
        Array.Resize(ref _labels, _count);
        return _features.ToDataset(_labels, _rule.ClassesOf(_labels));
    }

    private bool TryAddBytes(ReadOnlySpan<byte> line)
    {
        if (!_features.HoldsBytes)
        {
            return false;
        }

        Span<byte> row = _features.NextBytes(_row.Length);
        int at = 0;
        int written = 0;
        for (int column = 0; column < _header.Columns; column++)
        {
            bool parsed = TryParseByte(line, ref at, out int value);
            bool ended = column == _header.Columns - 1 ? at == line.Length : TrySkipSeparator(line, ref at);
            if (!parsed || !ended)
            {
                return false;
            }

            if (column != _header.LabelColumn)
            {
                row[written++] = (byte)value;
            }
            else if (!_rule.TryAccept(value, out _labels[_count]))
            {
                return false;
            }
        }

        _features.Advance(written);
        return true;
    }

    /// <summary>One to three digits that make at most 255.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryParseByte(ReadOnlySpan<byte> line, ref int at, out int value)
    {
        value = 0;
        int digits = 0;
        while ((uint)at < (uint)line.Length && (uint)(line[at] - '0') <= 9 && digits < 3)
        {
            value = (value * 10) + (line[at] - '0');
            at++;
            digits++;
        }

        return digits > 0 && value <= byte.MaxValue;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TrySkipSeparator(ReadOnlySpan<byte> line, ref int at) => (uint)at < (uint)line.Length && line[at++] == _header.Separator;

    private void AddFields(ReadOnlySpan<byte> line, long number)
    {
        var fields = new CsvFields(line, _header.Separator);
        int column = 0;
        int written = 0;
        for (; fields.MoveNext(); column++)
        {
            if (column >= _header.Columns)
            {
                continue;
            }

            float value = Parse(fields, number, column);
            if (column != _header.LabelColumn)
            {
                _row[written++] = value;
            }
            else if (!_rule.TryAccept(value, out _labels[_count]))
            {
                throw Bad(number, column, $"label {Shown.Value(fields.Current)} is not allowed; {_rule.Allowed}{LabelHint}");
            }
        }

        if (column != _header.Columns)
        {
            throw new InputException(
                $"{_name}, line {number}: {column} fields, but the first line has {_header.Columns}; " +
                "every line must have the same number.");
        }

        _features.Append(_row);
    }

    private float Parse(CsvFields fields, long number, int column)
    {
        if (fields.IsMalformed)
        {
            throw Bad(number, column, "a quote is not closed before the next separator or the end of the line");
        }

        return CsvNumber.Parse(fields.Current, out float value) switch
        {
            CsvFieldKind.Number => value,
            CsvFieldKind.Empty => throw Bad(number, column, "the field is empty; every field must hold a number"),
            CsvFieldKind.NotFinite =>
                throw BadValue(fields, number, column, "is not a finite number; numbers from -3.4e38 to 3.4e38 are allowed"),
            _ when column == _header.LabelColumn =>
                throw BadValue(fields, number, column, $"is not a number; number the classes, from 0 up{LabelHint}"),
            _ => throw BadValue(fields, number, column, "is not a number; numbers like 12, -0.5 or 1e-3 are allowed"),
        };
    }

    private string LabelHint =>
        $"; the label is read from {_header.Describe(_header.LabelColumn)}, another column is chosen with --label-column";

    private InputException BadValue(CsvFields fields, long number, int column, string problem) =>
        Bad(number, column, $"{Shown.Value(fields.Current)} {problem}");

    private InputException Bad(long number, int column, string problem) =>
        new($"{_name}, line {number}, {_header.Describe(column)}: {problem}.");
}
