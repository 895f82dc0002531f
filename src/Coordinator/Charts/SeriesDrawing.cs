using System.Text;

namespace Distributed.Coordinator.Charts;

/// <summary>Draws one series: its line with gaps, its dots, and a tooltip for each value.</summary>
internal static class SeriesDrawing
{
    /// <summary>Up to so many points each has its dot; above it only the last and the lonely ones.</summary>
    private const int DotsMax = 20;

    /// <summary>Up to so many points each has a tooltip.</summary>
    private const int TooltipsMax = 120;

    public static void Draw(Markup svg, LineChart chart, ChartSeries series, PlotArea area)
    {
        IReadOnlyList<ChartPoint> points = Thinning.Thin(series.Points);
        string path = Path(points, area);
        if (path.Length > 0)
        {
            svg.Empty("path", ("class", ChartStyle.Line(series.Style)), ("d", path));
        }

        int last = LastPlaced(points, area);
        for (int index = 0; index < points.Count; index++)
        {
            if (!area.Y.CanPlace(points[index].Y))
            {
                continue;
            }

            if (points.Count <= DotsMax || index == last || IsLonely(points, index, area))
            {
                Circle(svg, points[index], area, index == last ? 4.5 : 3.5, $"dot {ChartStyle.Fill(series.Style)}").Close();
            }

            if (points.Count <= TooltipsMax)
            {
                string x = chart.NameOf(points[index].X) ?? NumberOf(points[index].X);
                string text = $"{chart.XLabel} {x}: {series.Name} {ChartText.Value(points[index].Y, chart.Format)}";
                Circle(svg, points[index], area, 9, "hit").Element("title", text).Close();
            }
        }

        svg.Raw("\n");
    }

    /// <summary>Whole counts as they are; what is finer with four significant digits.</summary>
    private static string NumberOf(double x) => x == Math.Floor(x) ? Markup.Number(x) : ChartText.Value(x, ValueFormat.Plain);

    private static Markup Circle(Markup svg, ChartPoint point, PlotArea area, double radius, string style) => svg.Open(
        "circle",
        ("class", style),
        ("cx", Markup.Number(area.PlaceX(point.X))),
        ("cy", Markup.Number(area.PlaceY(point.Y))),
        ("r", Markup.Number(radius)));

    /// <summary>Move and line commands; a gap begins a new part, and a part of one point is none.</summary>
    private static string Path(IReadOnlyList<ChartPoint> points, PlotArea area)
    {
        var path = new StringBuilder();
        for (int index = 0; index < points.Count; index++)
        {
            if (!area.Y.CanPlace(points[index].Y) || IsLonely(points, index, area))
            {
                continue;
            }

            bool begins = index == 0 || !area.Y.CanPlace(points[index - 1].Y);
            path.Append(begins ? 'M' : 'L');
            path.Append(Markup.Number(area.PlaceX(points[index].X))).Append(' ').Append(Markup.Number(area.PlaceY(points[index].Y)));
        }

        return path.ToString();
    }

    private static bool IsLonely(IReadOnlyList<ChartPoint> points, int index, PlotArea area) =>
        (index == 0 || !area.Y.CanPlace(points[index - 1].Y)) && (index == points.Count - 1 || !area.Y.CanPlace(points[index + 1].Y));

    private static int LastPlaced(IReadOnlyList<ChartPoint> points, PlotArea area)
    {
        int last = points.Count - 1;
        while (!area.Y.CanPlace(points[last].Y))
        {
            last--;
        }

        return last;
    }
}
