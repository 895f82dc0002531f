using Distributed.Coordinator.Charts;
using Distributed.Coordinator.Metrics;

namespace Distributed.Coordinator.Reports;

/// <summary>What happened on the way: workers that joined, were lost or slow, checkpoints that failed.</summary>
internal static class EventsSection
{
    private const int EventsMax = 40;

    public static void Render(Markup page, RunReport report)
    {
        EventMetrics[] events = [.. report.History.Records.OfType<EventMetrics>()];
        if (events.Length == 0)
        {
            return;
        }

        page.Open("section", ("class", "card"));
        page.Element("h2", "Events");
        page.Element("p", Note(events.Length), ("class", "note"));
        page.Open("div", ("class", "scroll")).Open("table", ("class", "data")).Open("thead").Open("tr");
        page.Element("th", "time", ("scope", "col")).Element("th", "step", ("scope", "col"));
        page.Element("th", "event", ("scope", "col"), ("style", "text-align:left"));
        page.Close().Close().Open("tbody").Raw("\n");
        foreach (EventMetrics happened in events.TakeLast(EventsMax))
        {
            page.Open("tr").Element("td", ReportText.Duration(happened.Seconds)).Element("td", ReportText.Count(happened.Step));
            page.Element("td", happened.Text, ("class", "text")).CloseLine();
        }

        page.Close().Close().Close().CloseLine();
    }

    private static string Note(int count) => count <= EventsMax
        ? "They cost time; they changed no bit of the weights."
        : $"The last {EventsMax} of {count}; all are in {MetricsHistory.FileName}. They cost time; they changed no bit of the weights.";
}
