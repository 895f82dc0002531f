using System.Globalization;
using Distributed.Coordinator.Charts;
using Distributed.Coordinator.Reports;

namespace Distributed.Coordinator.Web;

/// <summary>Each worker's state.</summary>
internal static class WorkerSection
{
    /// <summary>More workers than this get small cards, those in trouble first, and a line that counts them.</summary>
    private const int LargeCardsMax = 12;

    internal static void Render(Markup page, RunSnapshot run)
    {
        if (run.Workers.Count == 0)
        {
            page.Element("p", "None has joined yet.", ("class", "muted"));
            return;
        }

        bool isMany = run.Workers.Count > LargeCardsMax;
        if (isMany)
        {
            IEnumerable<string> counts = run.Workers
                .GroupBy(worker => ConditionOf(worker, run))
                .OrderByDescending(group => group.Count())
                .Select(group => $"{ReportText.Count(group.Count())} {group.Key}");
            page.Element("p", $"{ReportText.Count(run.Workers.Count)} workers: {string.Join(", ", counts)}.", ("class", "counts"));
        }

        page.Open("ul", ("class", isMany ? "workers many" : "workers"));
        long most = Math.Max(1, run.Workers.Max(worker => worker.Microbatches));
        foreach (WorkerState worker in run.Workers.OrderBy(worker => isMany && worker.Condition == WorkerCondition.Live))
        {
            RenderWorker(page, worker, most, run);
        }

        page.Close();
    }

    private static string ConditionOf(WorkerState worker, RunSnapshot run) =>
        run.Phase == RunPhase.Over && worker.Condition.IsThere() ? "done" : worker.Condition.ToString().ToLowerInvariant();

    private static void RenderWorker(Markup page, WorkerState worker, long most, RunSnapshot run)
    {
        string condition = ConditionOf(worker, run);
        page.Open("li", ("class", $"worker {condition}"), ("data-worker", worker.Id), ("data-condition", condition));
        page.Open("div", ("class", "who")).Open("i").Close().Element("b", worker.Id);
        page.Element("span", worker.Name, ("class", "muted"), ("title", worker.Name)).Element("em", condition).Close();
        page.Open("div", ("class", "bar")).Open("b", ("style", $"width:{Markup.Number(100.0 * worker.Microbatches / most)}%")).Close().Close();
        page.Open("dl");
        Fact(page, "microbatches", ReportText.Count(worker.Microbatches));
        Fact(page, "computing", ReportText.Duration(worker.BusySeconds));
        Fact(page, "waiting", worker.WaitingShare is { } share ? $"{(100 * share).ToString("0", CultureInfo.InvariantCulture)} %" : "–");
        Fact(page, "last heard", run.Phase == RunPhase.Over ? "–" : Ago(Math.Floor(worker.SilentSeconds)));
        Fact(page, "incarnation", ReportText.Count(worker.Incarnation));
        page.Close().Close();
    }

    private static string Ago(double seconds) => seconds < 1 ? "now" : $"{ReportText.WholeSeconds(seconds)} ago";

    private static void Fact(Markup page, string name, string value) =>
        page.Open("div").Element("dt", name).Element("dd", value).Close();
}
