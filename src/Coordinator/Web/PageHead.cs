using Distributed.Coordinator.Charts;
using Distributed.Coordinator.Reports;

namespace Distributed.Coordinator.Web;

/// <summary>What every page of the dashboard begins with.</summary>
internal static class PageHead
{
    /// <summary>An icon of our own keeps the browser from asking for one.</summary>
    private const string Icon =
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
        + "%3Cpath d='M1 13 5 7l3 3 6-8' fill='none' stroke='%230068a8' stroke-width='2.4'/%3E%3C/svg%3E";

    /// <summary>Leaves html open.</summary>
    internal static void Render(Markup page, string title)
    {
        page.Raw("<!DOCTYPE html>\n").Open("html", ("lang", "en")).Raw("\n").Open("head").Raw("\n");
        page.Empty("meta", ("charset", "utf-8"));
        page.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        page.Empty("meta", ("name", "color-scheme"), ("content", "light dark"));
        page.Empty("link", ("rel", "icon"), ("href", Icon));
        page.Element("title", title);
        page.Open("style").Raw((ChartStyle.Css + ReportStyle.Css).ReplaceLineEndings("\n") + DashboardFiles.Css).CloseLine();
        page.CloseLine();
    }
}
