using Distributed.Coordinator.Charts;

namespace Distributed.Coordinator.Web;

/// <summary>The dashboard as one page: complete as it is served, kept up to date by its script.</summary>
internal static class DashboardPage
{
    /// <summary>Even a mistake in escaping could load nothing from elsewhere and run nothing.</summary>
    internal const string ContentPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; img-src data:; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    internal static string Render(RunSnapshot run, string[] sections)
    {
        var page = new Markup();
        PageHead.Render(page, $"{run.Recipe.Name} – training");
        page.Open("body").Open("main").Raw("\n");
        RenderHeader(page, sections);
        page.Open("dl", ("class", "card figures"), ("id", "figures")).Raw(Section(sections, "figures")).CloseLine();
        page.Open("section", ("class", "card"), ("aria-label", "Loss and accuracy")).Open("div", ("class", "charts"));
        Region(page, sections, "loss");
        Region(page, sections, "accuracy");
        page.Close().Open("details").Element("summary", "All epochs as numbers");
        Region(page, sections, "epochs");
        page.Close().CloseLine();
        Card(page, sections, "classes", "Accuracy by class");
        Card(page, sections, "workers", "Workers", "Computing is the time from being given microbatches to having delivered them.");
        Card(page, sections, "events", "Events", "The newest first. They cost time; they change no bit of the weights.");
        Card(page, sections, "recipe", "Recipe", "Recipe and data determine the weights; nothing else does.");
        page.CloseLine();
        page.Open("script", ("src", "dashboard.js"), ("defer", "defer")).Close();
        return page.CloseLine().CloseLine().ToString();
    }

    private static void RenderHeader(Markup page, string[] sections)
    {
        page.Open("header", ("class", "top"));
        Region(page, sections, "what");
        page.Open("div", ("class", "buttons"));
        page.Element("button", "Save checkpoint", ("type", "button"), ("id", "checkpoint"));
        page.Element("button", "Stop after this step", ("type", "button"), ("id", "stop"), ("class", "stop")).Close();
        page.CloseLine();
        Region(page, sections, "status");
        page.Element("p", "", ("id", "notice"), ("role", "status")).Raw("\n");
    }

    private static void Card(Markup page, string[] sections, string id, string title, string note = "")
    {
        page.Open("section", ("class", "card")).Element("h2", title);
        if (note.Length > 0)
        {
            page.Element("p", note, ("class", "note"));
        }

        Region(page, sections, id);
        page.CloseLine();
    }

    private static void Region(Markup page, string[] sections, string id) =>
        page.Open("div", ("id", id)).Raw(Section(sections, id)).CloseLine();

    private static string Section(string[] sections, string id)
    {
        for (int i = 0; i < sections.Length; i++)
        {
            if (DashboardSections.Ids[i] == id)
            {
                return sections[i];
            }
        }

        throw new ArgumentOutOfRangeException(nameof(id), id, "no such section");
    }
}
