using Distributed.Coordinator.Charts;

namespace Distributed.Browser;

/// <summary>What stands on a terminal, as an SVG file of real text that is readable on light and dark pages.</summary>
internal static class TerminalPicture
{
    private const double CharacterWidth = 7.8;
    private const double LineHeight = 20;
    private const double Padding = 20;

    private const string Css =
        """
        .screen{--back:#f6f8fa;--edge:#d0d7de;--ink:#1c2128;--dim:#656d76;--bar:#12805c;--warn:#9a6700}
        @media (prefers-color-scheme:dark){.screen{--back:#14181e;--edge:#30363d;--ink:#e6edf3;--dim:#8b949e;--bar:#3fcf9f;--warn:#e6b455}}
        .screen rect{fill:var(--back);stroke:var(--edge)}
        .screen text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace;fill:var(--ink);white-space:pre}
        .screen .dim{fill:var(--dim)}
        .screen .bar{fill:var(--bar)}
        .screen .warn{fill:var(--warn)}
        .screen .typed{font-weight:bold}
        """;

    /// <param name="command">What was typed.</param>
    /// <param name="lines">What came, in parts of one style each; see FakeScreen.</param>
    /// <param name="columns">The terminal's width.</param>
    internal static string Render(string command, IReadOnlyList<IReadOnlyList<(string Text, string Style)>> lines, int columns)
    {
        string width = Markup.Number((columns * CharacterWidth) + (2 * Padding));
        string height = Markup.Number(((lines.Count + 1) * LineHeight) + (2 * Padding));
        var svg = new Markup();
        svg.Open(
            "svg", ("xmlns", "http://www.w3.org/2000/svg"), ("class", "screen"), ("width", width), ("height", height),
            ("viewBox", $"0 0 {width} {height}"), ("role", "img"), ("aria-labelledby", "screen-title")).Raw("\n");
        svg.Element("title", $"A terminal in which {command} runs", ("id", "screen-title")).Raw("\n").Element("style", Css).Raw("\n");
        svg.Empty("rect", ("x", "0.5"), ("y", "0.5"), ("width", $"calc({width}px - 1px)"), ("height", $"calc({height}px - 1px)"), ("rx", "10")).Raw("\n");
        Line(svg, 0, [("$ ", "dim"), (command, "typed")]);
        for (int i = 0; i < lines.Count; i++)
        {
            Line(svg, i + 1, lines[i].Select(part => (part.Text, ClassOf(part.Style))));
        }

        return svg.CloseLine().ToString();
    }

    /// <summary>As wide as its characters are many, whatever font the reader has.</summary>
    private static void Line(Markup svg, int row, IEnumerable<(string Text, string Class)> parts)
    {
        (string Text, string Class)[] all = [.. parts];
        int characters = all.Sum(part => part.Text.Length);
        svg.Open(
            "text", ("x", Markup.Number(Padding)), ("y", Markup.Number(Padding + ((row + 0.7) * LineHeight))), ("xml:space", "preserve"),
            ("textLength", Markup.Number(characters * CharacterWidth)), ("lengthAdjust", "spacingAndGlyphs"));
        foreach ((string text, string style) in all)
        {
            svg.Element("tspan", text, style.Length > 0 ? [("class", style)] : []);
        }

        svg.CloseLine();
    }

    private static string ClassOf(string style) => style switch
    {
        "2" => "dim",
        "38;5;2" => "bar",
        "38;5;11" => "warn",
        _ => "",
    };
}
