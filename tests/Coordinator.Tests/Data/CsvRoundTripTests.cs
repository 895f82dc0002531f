using System.Globalization;
using System.Text;
using Distributed.Coordinator.Data;
using Distributed.Protocol.Datasets;
using FsCheck;
using FsCheck.Fluent;

namespace Distributed.Coordinator.Tests.Data;

/// <summary>Random tables, written in every way that is allowed, come back as they were.</summary>
public sealed class CsvRoundTripTests
{
    private sealed record Table(
        char Separator, bool Header, bool Quotes, string LineEnd, int LabelColumn, int[] Labels, float[][] Features);

    [Fact]
    public void Bytes() => RoundTrips(Gen.Choose(0, 255).Select(value => (float)value), data => data.Bytes is not null);

    [Fact]
    public void Floats() => RoundTrips(
        from bits in Gen.Choose(int.MinValue, int.MaxValue)
        let value = BitConverter.Int32BitsToSingle(bits)
        select float.IsFinite(value) ? value : 0.5f,
        _ => true);

    private static void RoundTrips(Gen<float> values, Func<Dataset, bool> isStoredRight) => Prop.ForAll(
        Tables(values).ToArbitrary(),
        table =>
        {
            using var file = new MemoryStream(Encoding.UTF8.GetBytes(Write(table)));
            Dataset data = CsvReader.Read(file, "f.csv", table.Header ? "the label" : $"{table.LabelColumn + 1}", LabelRule.Training);
            Assert.Equal(table.Labels, data.Labels);
            Assert.Equal(table.Labels.Max() + 1, data.Classes);
            Assert.Equal(table.Features.SelectMany(row => row), data.Floats ?? [.. data.Bytes!.Select(value => (float)value)]);
            Assert.True(isStoredRight(data));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    private static Gen<Table> Tables(Gen<float> values) =>
        from rows in Gen.Choose(1, 12)
        from features in Gen.Choose(1, 9)
        from separator in Gen.Elements(',', ';', '\t')
        from header in Gen.Elements(true, false)
        from quotes in Gen.Elements(true, false)
        from lineEnd in Gen.Elements("\n", "\r\n", "\n\n")
        from labelColumn in Gen.Choose(0, features)
        from labels in Gen.Choose(0, 300).ArrayOf(rows)
        from cells in values.ArrayOf(features).ArrayOf(rows)
        select new Table(separator, header, quotes, lineEnd, labelColumn, labels, cells);

    private static string Write(Table table)
    {
        var text = new StringBuilder();
        if (table.Header)
        {
            IEnumerable<string> names = Enumerable.Range(0, table.Features[0].Length).Select(i => $"feature {i}");
            WriteLine(text, table, "the label", names);
        }

        for (int row = 0; row < table.Labels.Length; row++)
        {
            IEnumerable<string> features = table.Features[row].Select(value => value.ToString("R", CultureInfo.InvariantCulture));
            WriteLine(text, table, $"{table.Labels[row]}", features);
        }

        return text.ToString();
    }

    private static void WriteLine(StringBuilder text, Table table, string label, IEnumerable<string> features)
    {
        var fields = new List<string>(features);
        fields.Insert(table.LabelColumn, label);
        text.AppendJoin(table.Separator, table.Quotes ? fields.Select(field => $"\"{field}\"") : fields).Append(table.LineEnd);
    }
}
