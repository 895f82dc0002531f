namespace Distributed.Coordinator.Charts;

/// <summary>
/// Colours and dash patterns. Light or dark follows the reader's system. The line colours are after Okabe and Ito's palette, which
/// colour-blind people can tell
/// apart (jfly.uni-koeln.de/color); the dash patterns say the same without colour.
/// </summary>
public static class ChartStyle
{
    /// <summary>Different line styles.</summary>
    public const int Count = 6;

    /// <summary>The font stack of everything that is drawn.</summary>
    public const string FontFamily = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif";

    /// <summary>The style sheet that every drawing needs once in its document.</summary>
    public const string Css =
        $$$"""
        .chart{--surface:#ffffff;--ink:#1c2128;--muted:#5f6b7a;--grid:#e8ebef;--axis:#b9c1cb;
        --s0:#0068a8;--s1:#c75000;--s2:#00805d;--s3:#a3447d;--s4:#8a6a00;--s5:#4a5565}
        @media (prefers-color-scheme:dark){.chart{--surface:#14181e;--ink:#e8ecf1;--muted:#9aa6b4;--grid:#262d36;--axis:#465160;
        --s0:#5cb8f0;--s1:#ff9a52;--s2:#3fcf9f;--s3:#e596c5;--s4:#e6c04a;--s5:#b6c0cc}}
        @media print{.chart{--surface:#ffffff;--ink:#000000;--muted:#444444;--grid:#dddddd;--axis:#999999;
        --s0:#0068a8;--s1:#c75000;--s2:#00805d;--s3:#a3447d;--s4:#8a6a00;--s5:#4a5565}}
        .chart text{font-family:{{{FontFamily}}};font-size:12px;fill:var(--muted);font-variant-numeric:tabular-nums}
        .chart .surface{fill:var(--surface)}
        .chart .title{font-size:15px;font-weight:600;fill:var(--ink)}
        .chart .key{fill:var(--ink)}
        .chart .grid{stroke:var(--grid);stroke-width:1}
        .chart .axis{stroke:var(--axis);stroke-width:1}
        .chart .line{fill:none;stroke-width:2.25;stroke-linejoin:round;stroke-linecap:round}
        .chart .dot{stroke:var(--surface);stroke-width:1.5}
        .chart .hit{fill:transparent}
        .chart .end{font-weight:600}
        .chart .l0{stroke:var(--s0)}.chart .l1{stroke:var(--s1);stroke-dasharray:7 5}.chart .l2{stroke:var(--s2);stroke-dasharray:1 5}
        .chart .l3{stroke:var(--s3);stroke-dasharray:12 4 2 4}
        .chart .l4{stroke:var(--s4);stroke-dasharray:4 4}.chart .l5{stroke:var(--s5);stroke-dasharray:12 5}
        .chart .f0{fill:var(--s0)}.chart .f1{fill:var(--s1)}.chart .f2{fill:var(--s2)}.chart .f3{fill:var(--s3)}
        .chart .f4{fill:var(--s4)}.chart .f5{fill:var(--s5)}

        """;

    /// <summary>The class of a line in style <paramref name="style"/>.</summary>
    internal static string Line(int style) => $"line l{style % Count}";

    /// <summary>The class of a surface in style <paramref name="style"/>.</summary>
    internal static string Fill(int style) => $"f{style % Count}";
}
