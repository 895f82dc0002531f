using Distributed.Coordinator.Charts;

namespace Distributed.Bench.Compare;

/// <summary>An SVG file in the style of the program's own charts.</summary>
internal static class Drawing
{
    /// <summary>Begins it; close one element more than what is drawn.</summary>
    public static Markup Open(string title, string description, double width, double height)
    {
        var svg = new Markup();
        svg.Open(
            "svg", ("xmlns", "http://www.w3.org/2000/svg"), ("class", "chart"), ("viewBox", $"0 0 {Markup.Number(width)} {Markup.Number(height)}"),
            ("width", Markup.Number(width)), ("height", Markup.Number(height)), ("role", "img"), ("aria-label", $"{title}. {description}"));
        svg.Element("style", ChartStyle.Css.ReplaceLineEndings("\n"));
        return svg.Empty("rect", ("class", "surface"), ("width", "100%"), ("height", "100%"));
    }
}
