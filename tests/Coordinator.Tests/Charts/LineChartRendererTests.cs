using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Distributed.Coordinator.Charts;

namespace Distributed.Coordinator.Tests.Charts;

public sealed partial class LineChartRendererTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Draws_each_series_in_its_own_colour_and_dash_pattern()
    {
        XElement svg = Render(Chart([1, 0.5, 0.25], [2, 1, 0.5]));
        Assert.Equal(["line l0", "line l1"], Lines(svg).Select(Class).Distinct());
        Assert.Equal(2, Paths(svg, "line l0").Count);
        for (int style = 0; style < ChartStyle.Count; style++)
        {
            Assert.Contains($".l{style}{{stroke:var(--s{style})", ChartStyle.Css, StringComparison.Ordinal);
            Assert.Equal(5, Regex.Count(ChartStyle.Css, $"--s{style}\\b"));
        }
    }

    [Fact]
    public void Says_in_words_what_it_shows()
    {
        XElement svg = Render(Chart([1, 0.5, 0.25], [double.NaN, 1, 0.5]));
        Assert.Equal("img", svg.Attribute("role")!.Value);
        Assert.Equal("id-title id-description", svg.Attribute("aria-labelledby")!.Value);
        Assert.Equal("Loss", svg.Element(Svg + "title")!.Value);
        Assert.Equal("series 0 goes from 1.000 to 0.2500, series 1 goes from 1.000 to 0.5000.", svg.Element(Svg + "desc")!.Value);
        Assert.Contains("epoch 2: series 1 1.000", svg.Descendants(Svg + "title").Select(title => title.Value));
    }

    [Fact]
    public void A_gap_breaks_the_line_and_a_lonely_point_is_a_dot()
    {
        XElement svg = Render(Chart([1, 2, double.NaN, 4, double.PositiveInfinity, 5, 6]));
        string path = Paths(svg, "line l0")[1];
        Assert.Equal(2, path.Count(command => command == 'M'));
        Assert.Equal(2, path.Count(command => command == 'L'));
        Assert.Equal(5, Dots(svg).Count());
    }

    [Fact]
    public void One_point_is_a_dot_in_the_middle()
    {
        XElement svg = Render(Chart([0.5]));
        Assert.Single(Paths(svg, "line l0"));
        Assert.Single(Dots(svg));
        Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_values_it_says_so()
    {
        Assert.Contains("No values yet", Render(Chart([])).Value, StringComparison.Ordinal);
        Assert.Contains("No values yet", Render(Chart([double.NaN, double.NegativeInfinity])).Value, StringComparison.Ordinal);
        Assert.Contains("No values yet", Render(Chart([-1, 0]) with { Scale = AxisScale.Logarithmic }).Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AxisScale.Linear, ValueFormat.Plain)]
    [InlineData(AxisScale.Linear, ValueFormat.Percent)]
    [InlineData(AxisScale.Logarithmic, ValueFormat.Plain)]
    [InlineData(AxisScale.Logarithmic, ValueFormat.Grouped)]
    public void Nothing_is_drawn_outside(AxisScale scale, ValueFormat format)
    {
        var random = new Random(7);
        for (int round = 0; round < 200; round++)
        {
            double magnitude = Math.Pow(10, random.Next(-8, 9));
            double Next() => random.Next(8) == 0 ? double.NaN : magnitude * random.NextDouble();
            double[] values = [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => Next())];
            AssertInside(Render(Chart(values, [magnitude], [magnitude * 1.01]) with { Scale = scale, Format = format }), 460, 320);
        }
    }

    [Fact]
    public void A_long_series_is_thinned_but_keeps_its_spike()
    {
        double[] values = [.. Enumerable.Repeat(1.0, 100_000)];
        values[31_415] = 9;
        IReadOnlyList<ChartPoint> thin = Thinning.Thin(Points(values));
        Assert.InRange(thin.Count, 2, Thinning.PointsMax);
        Assert.Contains(new ChartPoint(31_416, 9), thin);
        Assert.Equal((1, 100_000), (thin[0].X, thin[^1].X));
        Assert.Equal(thin.OrderBy(point => point.X), thin);
        Assert.InRange(LineChartRenderer.RenderInline(Chart(values), "id").Length, 1000, 30_000);
    }

    [Theory]
    [InlineData("10 10 10", "0 14 28")]
    [InlineData("99 98 50", "100 86 50")]
    [InlineData("10 40 80", "10 40 80")]
    public void End_labels_are_spread(string heights, string placed)
    {
        double[] spread = EndLabels.Spread([.. heights.Split(' ').Select(double.Parse)], gap: 14, top: 0, bottom: 100);
        Assert.All(spread.Order().Zip(spread.Order().Skip(1)), pair => Assert.True(pair.Second - pair.First >= 14));
        Assert.All(spread, height => Assert.InRange(height, 0, 100));
        if (heights == "10 40 80")
        {
            Assert.Equal(placed.Split(' ').Select(double.Parse), spread);
        }
    }

    [Fact]
    public void Names_from_outside_are_escaped()
    {
        LineChart chart = Chart([1, 2]) with { Title = "<script>alert('&')</script>", XLabel = "\"\u0001\uD800x" };
        XElement svg = Render(chart);
        Assert.Equal(chart.Title, svg.Element(Svg + "title")!.Value);
        Assert.DoesNotContain("<script", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_stands_alone_in_light_and_dark()
    {
        string file = LineChartRenderer.RenderFile("Both", [Chart([1, 2]), Chart([3, 4])]);
        XElement svg = XElement.Parse(file);
        Assert.Equal(2, svg.Elements(Svg + "g").Count());
        Assert.Contains("prefers-color-scheme:dark", svg.Element(Svg + "style")!.Value, StringComparison.Ordinal);
        Assert.Equal("http://www.w3.org/2000/svg", Assert.Single(Address().Matches(file)).Value);
        Assert.Equal(file, LineChartRenderer.RenderFile("Both", [Chart([1, 2]), Chart([3, 4])]));
    }

    [GeneratedRegex("https?:[^\"' ]+")]
    private static partial Regex Address();

    private static LineChart Chart(params double[][] series) => new()
    {
        Title = "Loss",
        XLabel = "epoch",
        Series = [.. series.Select((values, index) => new ChartSeries($"series {index}", Points(values), index))],
    };

    private static ChartPoint[] Points(double[] values) => [.. values.Select((value, index) => new ChartPoint(index + 1, value))];

    private static XElement Render(LineChart chart) => XElement.Parse(LineChartRenderer.RenderInline(chart, "id"));

    private static string Class(XElement element) => element.Attribute("class")!.Value;

    private static IEnumerable<XElement> Lines(XElement svg) =>
        svg.Descendants(Svg + "path").Where(path => Class(path).StartsWith("line", StringComparison.Ordinal));

    private static IReadOnlyList<string> Paths(XElement svg, string style) =>
        [.. Lines(svg).Where(path => Class(path) == style).Select(path => path.Attribute("d")!.Value)];

    private static IEnumerable<XElement> Dots(XElement svg) =>
        svg.Descendants(Svg + "circle").Where(circle => Class(circle).StartsWith("dot", StringComparison.Ordinal));

    private static void AssertInside(XElement svg, double width, double height)
    {
        foreach (XElement element in svg.Descendants())
        {
            AssertBetween(element, ["x", "cx"], width);
            AssertBetween(element, ["y", "cy"], height);
        }

        foreach (XElement path in Lines(svg).Where(path => !path.Attribute("d")!.Value.EndsWith('4')))
        {
            Assert.DoesNotContain("NaN", path.Attribute("d")!.Value, StringComparison.Ordinal);
        }
    }

    private static void AssertBetween(XElement element, string[] names, double most)
    {
        foreach (string name in names)
        {
            if (element.Attribute(name) is { } attribute)
            {
                Assert.InRange(double.Parse(attribute.Value, CultureInfo.InvariantCulture), 0, most);
            }
        }
    }
}
