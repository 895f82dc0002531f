using System.Globalization;
using Distributed.Coordinator.Charts;
using Distributed.Coordinator.Reports;

namespace Distributed.Coordinator.Web;

/// <summary>Each worker's state.</summary>
internal static class WorkerSection
{
    internal static void Render(Markup page, RunSnapshot run)
    {
        if (run.Workers.Count == 0)
        {
            page.Element("p", "None has joined yet.", ("class", "muted"));
            return;
        }

        page.Open("ul", ("class", "workers"));
        long most = Math.Max(1, run.Workers.Max(worker => worker.Microbatches));
        foreach (WorkerState worker in run.Workers)
        {
            RenderWorker(page, worker, most, run.Phase == RunPhase.Over);
        }

        page.Close();
    }

    private static void RenderWorker(Markup page, WorkerState worker, long most, bool isOver)
    {
        string condition = isOver && worker.Condition == WorkerCondition.Live ? "done" : worker.Condition.ToString().ToLowerInvariant();
        page.Open("li", ("class", $"worker {condition}"), ("data-worker", worker.Id), ("data-condition", condition));
        page.Open("div", ("class", "who")).Open("i").Close().Element("b", worker.Id).Element("span", worker.Name, ("class", "muted"));
        page.Element("em", condition).Close();
        page.Open("div", ("class", "bar")).Open("b", ("style", $"width:{Markup.Number(100.0 * worker.Microbatches / most)}%")).Close().Close();
        page.Open("dl");
        Fact(page, "microbatches", ReportText.Count(worker.Microbatches));
        Fact(page, "computing", ReportText.Duration(worker.BusySeconds));
        Fact(page, "waiting", worker.WaitingShare is { } share ? $"{(100 * share).ToString("0", CultureInfo.InvariantCulture)} %" : "–");
        Fact(page, "last heard", isOver ? "–" : worker.SilentSeconds < 1 ? "now" : $"{Ago(worker.SilentSeconds)} ago");
        Fact(page, "incarnation", ReportText.Count(worker.Incarnation));
        page.Close().Close();
    }

    private static string Ago(double seconds) => seconds < 60 ? $"{(int)seconds} s" : ReportText.Duration(seconds);

    private static void Fact(Markup page, string name, string value) =>
        page.Open("div").Element("dt", name).Element("dd", value).Close();
}
