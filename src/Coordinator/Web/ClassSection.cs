using Distributed.Coordinator.Charts;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Reports;

namespace Distributed.Coordinator.Web;

/// <summary>
/// The accuracy of each class after the last epoch. Bars show what was misread: shares that differ by little near 100 % differ by much near 0.
/// </summary>
internal static class ClassSection
{
    /// <summary>More classes than this are too many to look at; those that need it most are shown.</summary>
    private const int ClassesMax = 26;

    private const int WorstMax = 20;

    internal static void Render(Markup page, RunSnapshot run)
    {
        if (run.Epochs.Count == 0)
        {
            page.Element("p", "Known after the first epoch.", ("class", "muted"));
            return;
        }

        EpochMetrics last = run.Epochs[^1];
        if ((last.TestClassAccuracy ?? last.ValidationClassAccuracy) is not { } shares)
        {
            page.Element("p", "Nothing is held out to measure it on: see --validation-split and --test-data.", ("class", "muted"));
            return;
        }

        string samples = last.TestClassAccuracy is null ? "validation samples" : "test samples";
        bool isCut = shares.Count > ClassesMax;
        string which = isCut ? $"The {WorstMax} lowest of {shares.Count} classes, by" : "By";
        page.Element("p", $"{which} the {samples} after epoch {ReportText.Count(last.Epoch)}. Bars: misread, the longest most often.", ("class", "note"));
        page.Open("ol", ("class", "classes"));
        double worst = shares.Max(share => 1 - (share ?? 1));
        IEnumerable<(int Index, double? Share)> shown = shares.Index();
        foreach ((int index, double? share) in isCut ? shown.Where(one => one.Share is not null).OrderBy(one => one.Share).Take(WorstMax) : shown)
        {
            RenderClass(page, index, share, worst);
        }

        page.Close();
    }

    private static void RenderClass(Markup page, int index, double? share, double worst)
    {
        double length = share is { } value && worst > 0 ? 100 * (1 - value) / worst : 0;
        page.Open("li", ("data-class", $"{index}")).Element("b", $"{index}").Element("span", ReportText.Percent(share));
        page.Open("div", ("class", "bar")).Open("b", ("style", $"width:{Markup.Number(length)}%")).Close().Close().Close();
    }
}
