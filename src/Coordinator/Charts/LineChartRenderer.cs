namespace Distributed.Coordinator.Charts;

/// <summary>Draws a <see cref="LineChart"/> as SVG. The same chart gives the same text, always.</summary>
public static class LineChartRenderer
{
    private const double FontSize = 12;
    private const double BoldWidth = 1.08;
    private const double Padding = 12;
    private const int FileMargin = 12;
    private const int FileGap = 28;
    private const int FileColumns = 3;
    private const double HeadHeight = 66;
    private const double FootHeight = 44;
    private const double LegendTop = 44;
    private const double LegendRow = 18;

    /// <summary>A chart without values takes little room.</summary>
    private const int EmptyHeight = 108;

    /// <summary>
    /// One chart as an <c>svg</c> element for an HTML page that holds <see cref="ChartStyle.Css"/>. It grows with the page.
    /// </summary>
    /// <param name="chart">The data.</param>
    /// <param name="id">Unique on the page.</param>
    public static string RenderInline(LineChart chart, string id)
    {
        chart = Shown(chart).Length > 0 ? chart : chart with { Height = EmptyHeight };
        var svg = new Markup();
        Open(svg, chart.Width, chart.Height, id, ("width", "100%"));
        Name(svg, id, chart.Title, Describe(chart));
        Draw(svg, chart);
        return svg.Close().ToString();
    }

    /// <summary>Charts side by side, three in a row, or two where a fourth would stand alone, as one SVG file that needs nothing else.</summary>
    public static string RenderFile(string title, IReadOnlyList<LineChart> charts)
    {
        LineChart[][] rows = [.. charts.Chunk(charts.Count == FileColumns + 1 ? 2 : FileColumns)];
        int width = rows.Max(row => row.Sum(chart => chart.Width) + ((row.Length - 1) * FileGap)) + (2 * FileMargin);
        int height = rows.Sum(row => row.Max(chart => chart.Height)) + ((rows.Length - 1) * FileGap) + (2 * FileMargin);
        var svg = new Markup();
        Open(svg, width, height, "curves", ("width", Markup.Number(width)), ("height", Markup.Number(height)));
        Name(svg, "curves", title, string.Join(' ', charts.Select(chart => $"{chart.Title}: {Describe(chart)}")));
        svg.Element("style", ChartStyle.Css.ReplaceLineEndings("\n"));
        svg.Empty("rect", ("class", "surface"), ("width", "100%"), ("height", "100%"));
        double top = FileMargin;
        foreach (LineChart[] row in rows)
        {
            double left = FileMargin;
            foreach (LineChart chart in row)
            {
                svg.Open("g", ("transform", $"translate({Markup.Number(left)} {Markup.Number(top)})"));
                Draw(svg, chart);
                svg.CloseLine();
                left += chart.Width + FileGap;
            }

            top += row.Max(chart => chart.Height) + FileGap;
        }

        return svg.CloseLine().ToString();
    }

    private static void Open(Markup svg, int width, int height, string id, params ReadOnlySpan<(string Name, string Value)> size) => svg.Open(
        "svg",
        [
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("class", "chart"),
            ("viewBox", $"0 0 {width} {height}"),
            .. size,
            ("role", "img"),
            ("aria-labelledby", $"{id}-title {id}-description"),
        ]);

    private static void Name(Markup svg, string id, string title, string description)
    {
        svg.Element("title", title, ("id", $"{id}-title"));
        svg.Element("desc", description, ("id", $"{id}-description")).Raw("\n");
    }

    private static string Describe(LineChart chart)
    {
        if (chart.Description.Length > 0)
        {
            return chart.Description;
        }

        IEnumerable<string> lines = chart.Series
            .Select(series => (series.Name, Points: series.Points.Where(point => double.IsFinite(point.Y)).ToArray()))
            .Where(series => series.Points.Length > 0)
            .Select(series => $"{series.Name} goes from {Value(series.Points[0])} to {Value(series.Points[^1])}");
        string Value(ChartPoint point) => ChartText.Value(point.Y, chart.Format);
        return $"{string.Join(", ", lines)}.";
    }

    private static void Draw(Markup svg, LineChart chart)
    {
        ChartSeries[] shown = Shown(chart);
        DrawHead(svg, chart, shown);
        if (shown.Length == 0)
        {
            Centred(svg, "No values yet", chart.Width / 2.0, (LegendTop + chart.Height) / 2.0);
            return;
        }

        PlotArea area = Lay(chart, shown);
        DrawAxes(svg, chart, area);
        foreach (ChartSeries series in shown)
        {
            SeriesDrawing.Draw(svg, chart, series, area);
        }

        DrawEndLabels(svg, chart, shown, area);
    }

    private static ChartSeries[] Shown(LineChart chart) => [.. chart.Series.Where(series => series.Points.Any(point => IsPlaceable(chart, point)))];

    private static bool IsPlaceable(LineChart chart, ChartPoint point) =>
        double.IsFinite(point.Y)
        && double.IsFinite(point.X)
        && (chart.Scale == AxisScale.Linear || point.Y > 0)
        && (chart.XScale == AxisScale.Linear || point.X > 0);

    private static void DrawHead(Markup svg, LineChart chart, ChartSeries[] shown)
    {
        svg.Open("text", ("x", Markup.Number(Padding)), ("y", "24"));
        svg.Element("tspan", chart.Title, ("class", "title"));
        if (chart.Subtitle.Length > 0)
        {
            svg.Element("tspan", chart.Subtitle, ("dx", "8"));
        }

        svg.CloseLine();
        foreach ((ChartSeries series, double x, double y) in Legend(chart, shown))
        {
            svg.Empty("path", ("class", ChartStyle.Line(series.Style)), ("d", $"M{Markup.Number(x + 1)} {Markup.Number(y)}h24"));
            svg.Element("text", series.Name, ("class", "key"), ("x", Markup.Number(x + 32)), ("y", Markup.Number(y + 4)));
        }
    }

    /// <summary>Where the lines' names stand: side by side, in further rows where they would pass the right edge.</summary>
    private static IEnumerable<(ChartSeries Series, double X, double Y)> Legend(LineChart chart, ChartSeries[] shown)
    {
        double x = Padding;
        double y = LegendTop;
        foreach (ChartSeries series in shown)
        {
            double width = 32 + ChartText.Width(series.Name, FontSize);
            if (x > Padding && x + width > chart.Width - Padding)
            {
                (x, y) = (Padding, y + LegendRow);
            }

            yield return (series, x, y);
            x += width + 18;
        }
    }

    private static PlotArea Lay(LineChart chart, ChartSeries[] shown)
    {
        ChartPoint[] points = [.. shown.SelectMany(series => series.Points).Where(point => IsPlaceable(chart, point))];
        double low = points.Min(point => point.Y);
        double high = points.Max(point => point.Y);
        Axis y = chart.Scale == AxisScale.Linear ? Axis.Linear(low, high) : Axis.Logarithmic(low, high);
        double first = points.Min(point => point.X);
        double last = points.Max(point => point.X);
        Axis x = chart.XScale == AxisScale.Linear ? Axis.Counts(first, last) : Axis.Logarithmic(first, last);
        double ticks = y.Ticks.Max(tick => ChartText.Width(ChartText.Tick(tick, y.Step, chart.Format), FontSize));
        double ends = BoldWidth * shown.Max(series => ChartText.Width(ChartText.Value(Last(chart, series).Y, chart.Format), FontSize));
        double top = HeadHeight + (Legend(chart, shown).Last().Y - LegendTop);
        return new PlotArea(Padding + ticks + 8, top, chart.Width - Padding - ends - 10, chart.Height - FootHeight, x, y);
    }

    private static ChartPoint Last(LineChart chart, ChartSeries series) => series.Points.Last(point => IsPlaceable(chart, point));

    private static void DrawAxes(Markup svg, LineChart chart, PlotArea area)
    {
        foreach (double tick in area.Y.Ticks)
        {
            double y = area.PlaceY(tick);
            svg.Empty("path", ("class", "grid"), ("d", $"M{Markup.Number(area.Left)} {Markup.Number(y)}H{Markup.Number(area.Right)}"));
            string label = ChartText.Tick(tick, chart.Scale == AxisScale.Linear ? area.Y.Step : tick, chart.Format);
            svg.Element("text", label, ("x", Markup.Number(area.Left - 8)), ("y", Markup.Number(y + 4)), ("text-anchor", "end"));
        }

        svg.Empty("path", ("class", "axis"), ("d", $"M{Markup.Number(area.Left)} {Markup.Number(area.Bottom)}H{Markup.Number(area.Right)}"));
        foreach (double tick in area.X.Ticks)
        {
            double x = area.PlaceX(tick);
            svg.Empty("path", ("class", "axis"), ("d", $"M{Markup.Number(x)} {Markup.Number(area.Bottom)}v4"));
            string label = chart.NameOf(tick) ?? ChartText.Tick(tick, chart.XScale == AxisScale.Linear ? area.X.Step : tick, chart.XFormat);
            Centred(svg, label, x, area.Bottom + 18);
        }

        Centred(svg, chart.XLabel, (area.Left + area.Right) / 2, chart.Height - 8).Raw("\n");
    }

    private static Markup Centred(Markup svg, string text, double x, double y) =>
        svg.Element("text", text, ("x", Markup.Number(x)), ("y", Markup.Number(y)), ("text-anchor", "middle"));

    private static void DrawEndLabels(Markup svg, LineChart chart, ChartSeries[] shown, PlotArea area)
    {
        ChartPoint[] last = [.. shown.Select(series => Last(chart, series))];
        double[] heights = EndLabels.Spread([.. last.Select(point => area.PlaceY(point.Y))], FontSize + 2, area.Top, area.Bottom);
        for (int index = 0; index < shown.Length; index++)
        {
            svg.Element(
                "text",
                ChartText.Value(last[index].Y, chart.Format),
                ("class", $"end {ChartStyle.Fill(shown[index].Style)}"),
                ("x", Markup.Number(area.Right + 10)),
                ("y", Markup.Number(heights[index] + 4)));
        }
    }
}
