using Distributed.Coordinator.Charts;

namespace Distributed.Bench.Compare;

/// <summary>GFLOP/s over operations per byte, both logarithmic, under the roof of memory bandwidth and FMA peak.</summary>
internal static class RooflineChart
{
    private const double Width = 760, Height = 460, Radius = 4;

    public static string Render(Report report, double bytesPerSecond)
    {
        GemmRates[] rates = [.. report.Results.Select(row => row.Rates).OfType<GemmRates>()];
        double peak = Figures.Median(rates.Select(rate => rate.Peak)), bandwidth = bytesPerSecond / 1e9;
        var area = new PlotArea(
            70, 64, Width - 20, Height - 48,
            Axis.Logarithmic(Math.Min(1, rates.Min(rate => rate.Intensity)), rates.Max(rate => rate.Intensity)),
            Axis.Logarithmic(rates.Min(rate => Math.Min(rate.Ours, double.IsNaN(rate.Peer) ? rate.Ours : rate.Peer)) * 0.8, peak * 1.05));
        const string title = "Roofline: matrix products on one core";
        var svg = Drawing.Open(title, $"FMA peak {peak:f0} GFLOP/s, memory {bandwidth:f0} GB/s.", Width, Height);
        svg.Element("text", title, ("class", "title"), ("x", "16"), ("y", "26"));
        svg.Element("text", $"{report.Machine}", ("x", "16"), ("y", "44")).Raw("\n");
        DrawAxes(svg, area);
        DrawRoof(svg, area, peak, bandwidth);
        foreach (GemmRates rate in rates)
        {
            DrawPoint(svg, area, rate, rate.Ours, 0, "ours");
            DrawPoint(svg, area, rate, rate.Peer, 1, "OpenBLAS");
        }

        DrawKey(svg, 0, "ours", Width - 210);
        DrawKey(svg, 1, "OpenBLAS", Width - 130);
        return svg.CloseLine().ToString();
    }

    private static void DrawAxes(Markup svg, PlotArea area)
    {
        foreach (double tick in area.Y.Ticks)
        {
            Line(svg, "grid", area.Left, area.PlaceY(tick), area.Right, area.PlaceY(tick));
            svg.Element(
                "text", $"{tick:g4}", ("x", Markup.Number(area.Left - 8)), ("y", Markup.Number(area.PlaceY(tick) + 4)), ("text-anchor", "end"));
        }

        foreach (double tick in area.X.Ticks)
        {
            Line(svg, "grid", area.PlaceX(tick), area.Top, area.PlaceX(tick), area.Bottom);
            svg.Element(
                "text", $"{tick:g4}", ("x", Markup.Number(area.PlaceX(tick))), ("y", Markup.Number(area.Bottom + 18)), ("text-anchor", "middle"));
        }

        svg.Element(
            "text", "operations per byte of the operands",
            ("x", Markup.Number(area.Right)), ("y", Markup.Number(area.Bottom + 38)), ("text-anchor", "end"));
        svg.Element("text", "GFLOP/s", ("x", Markup.Number(area.Left + 6)), ("y", Markup.Number(area.Top + 14))).Raw("\n");
    }

    /// <summary>No product can lie above it unless its operands stay in the caches.</summary>
    private static void DrawRoof(Markup svg, PlotArea area, double peak, double bandwidth)
    {
        double ridge = Math.Clamp(peak / bandwidth, area.X.Low, area.X.High);
        Line(svg, "line l5", area.PlaceX(ridge), area.PlaceY(peak), area.Right, area.PlaceY(peak));
        double start = Math.Max(area.X.Low, area.Y.Low / bandwidth);
        if (start < ridge)
        {
            Line(svg, "line l5", area.PlaceX(start), area.PlaceY(start * bandwidth), area.PlaceX(ridge), area.PlaceY(peak));
        }

        svg.Element(
            "text", $"FMA peak {peak:f0} GFLOP/s, memory {bandwidth:f0} GB/s",
            ("x", Markup.Number(area.Right - 4)), ("y", Markup.Number(area.PlaceY(peak) - 6)), ("text-anchor", "end")).Raw("\n");
    }

    private static void DrawPoint(Markup svg, PlotArea area, GemmRates rate, double value, int style, string name)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        svg.Open(
            "circle", ("class", $"dot f{style}"), ("cx", Markup.Number(area.PlaceX(rate.Intensity))), ("cy", Markup.Number(area.PlaceY(value))),
            ("r", Markup.Number(Radius)));
        svg.Element("title", $"{rate.Shape}: {name} {value:f1} GFLOP/s").CloseLine();
    }

    private static void DrawKey(Markup svg, int style, string name, double x)
    {
        svg.Empty("circle", ("class", $"f{style}"), ("cx", Markup.Number(x)), ("cy", "22"), ("r", Markup.Number(Radius)));
        svg.Element("text", name, ("class", "key"), ("x", Markup.Number(x + 8)), ("y", "26"));
    }

    private static void Line(Markup svg, string style, double x1, double y1, double x2, double y2) => svg.Empty(
        "line", ("class", style), ("x1", Markup.Number(x1)), ("y1", Markup.Number(y1)), ("x2", Markup.Number(x2)), ("y2", Markup.Number(y2)));
}
