using Distributed.Coordinator.Charts;

namespace Distributed.Bench.Compare;

/// <summary>How many times as fast as the best peer, one bar per race, a tick where the goal is.</summary>
internal static class BarChart
{
    private const double Left = 460, Width = 1000, Top = 66, RowHeight = 24, BarHeight = 14, BarsWidth = 340;

    public static string Render(Report report)
    {
        RowResult[] races = [.. report.Results.Where(row => row.Ratio is { } ratio && double.IsFinite(ratio))];
        double most = races.Select(row => Math.Max(row.Ratio!.Value, row.RatioGoal!.Value)).DefaultIfEmpty(1).Max();
        double height = Top + (RowHeight * races.Length) + 20;
        const string title = "Speed against the best peer";
        var svg = Drawing.Open(title, $"Bars of {races.Length} races measured side by side; 1 is as fast as the best peer.", Width, height);
        svg.Element("text", title, ("class", "title"), ("x", "16"), ("y", "28"));
        svg.Element("text", report.Machine, ("x", "16"), ("y", "48")).Raw("\n");
        double Place(double ratio) => Left + (BarsWidth * Math.Log(1 + ratio) / Math.Log(1 + most));
        DrawLine(svg, Place(1), Top - 6, height - 16, "axis");
        for (int i = 0; i < races.Length; i++)
        {
            DrawRow(svg, races[i], Top + (i * RowHeight), Place);
        }

        return svg.CloseLine().ToString();
    }

    private static void DrawRow(Markup svg, RowResult row, double y, Func<double, double> place)
    {
        double ratio = row.Ratio!.Value;
        svg.Element(
            "text", row.What, ("class", "key"), ("x", Markup.Number(Left - 10)), ("y", Markup.Number(y + 12)), ("text-anchor", "end"));
        svg.Empty(
            "rect", ("class", row.Verdict == Verdict.Ahead ? "f0" : "f1"), ("x", Markup.Number(Left)), ("y", Markup.Number(y)),
            ("width", Markup.Number(place(ratio) - Left)), ("height", Markup.Number(BarHeight)), ("rx", "2"));
        DrawLine(svg, place(row.RatioGoal!.Value), y - 2, y + BarHeight + 2, "line l5");
        double label = Math.Max(place(ratio), place(row.RatioGoal.Value)) + 8;
        string text = $"{ratio:f2}× ({CompareCommand.Word(row.Verdict)}, goal {row.RatioGoal}×)";
        svg.Element("text", text, ("x", Markup.Number(label)), ("y", Markup.Number(y + 12))).Raw("\n");
    }

    private static void DrawLine(Markup svg, double x, double top, double bottom, string style) => svg.Empty(
        "line", ("class", style),
        ("x1", Markup.Number(x)), ("x2", Markup.Number(x)), ("y1", Markup.Number(top)), ("y2", Markup.Number(bottom)));
}
