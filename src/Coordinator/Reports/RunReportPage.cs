using Distributed.Coordinator.Charts;

namespace Distributed.Coordinator.Reports;

/// <summary>
/// report.html: one file that needs no server, no script and no other file, and asks for none. It is well-formed XML, and the same report
/// gives the same bytes.
/// </summary>
public static class RunReportPage
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string FileName = "report.html";

    /// <summary>Even a mistake in escaping could load nothing and run nothing.</summary>
    private const string ContentPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    /// <summary>The page.</summary>
    public static string Render(RunReport report)
    {
        var page = new Markup();
        page.Raw("<!DOCTYPE html>\n").Open("html", ("lang", "en")).Raw("\n");
        RenderHead(page, report);
        page.Open("body").Open("main").Raw("\n");
        HeadlineSection.Render(page, report);
        CurvesSection.Render(page, report);
        ConfusionSection.Render(page, report);
        MisreadSection.Render(page, report);
        RecipeSection.Render(page, report);
        EventsSection.Render(page, report);
        return page.CloseLine().CloseLine().CloseLine().ToString();
    }

    private static void RenderHead(Markup page, RunReport report)
    {
        page.Open("head").Raw("\n");
        page.Empty("meta", ("charset", "utf-8")).Raw("\n");
        page.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", ContentPolicy)).Raw("\n");
        page.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")).Raw("\n");
        page.Empty("meta", ("name", "color-scheme"), ("content", "light dark")).Raw("\n");
        page.Element("title", $"{report.Recipe.Name} – training report").Raw("\n");
        page.Open("style").Raw((ChartStyle.Css + ReportStyle.Css).ReplaceLineEndings("\n")).CloseLine();
        page.CloseLine();
    }
}
