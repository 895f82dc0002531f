using Distributed.Coordinator.Charts;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Reports;

namespace Distributed.Coordinator.Web;

/// <summary>The finished epochs as numbers, the newest first.</summary>
internal static class EpochTable
{
    private const int EpochsMax = 100;

    internal static void Render(Markup page, RunSnapshot run)
    {
        if (run.Epochs.Count == 0)
        {
            page.Element("p", "The first epoch is not done yet.", ("class", "muted"));
            return;
        }

        bool hasValidation = run.Epochs.Any(epoch => epoch.ValidationLoss is not null);
        bool hasTest = run.Epochs.Any(epoch => epoch.TestLoss is not null);
        string[] heads =
        [
            "epoch", "training loss", "accuracy",
            .. hasValidation ? ["validation loss", "accuracy"] : Array.Empty<string>(),
            .. hasTest ? ["test loss", "accuracy"] : Array.Empty<string>(),
            "samples/s", "time",
        ];
        page.Open("div", ("class", "scroll")).Open("table", ("class", "data")).Open("thead").Open("tr");
        foreach (string head in heads)
        {
            page.Element("th", head, ("scope", "col"));
        }

        page.Close().Close().Open("tbody");
        foreach (EpochMetrics epoch in run.Epochs.Reverse().Take(EpochsMax))
        {
            RenderRow(page, epoch, hasValidation, hasTest);
        }

        page.Close().Close().Close();
    }

    private static void RenderRow(Markup page, EpochMetrics epoch, bool hasValidation, bool hasTest)
    {
        page.Open("tr", ("data-epoch", ReportText.Count(epoch.Epoch))).Element("td", ReportText.Count(epoch.Epoch));
        Pair(page, epoch.TrainLoss, epoch.TrainAccuracy);
        if (hasValidation)
        {
            Pair(page, epoch.ValidationLoss, epoch.ValidationAccuracy);
        }

        if (hasTest)
        {
            Pair(page, epoch.TestLoss, epoch.TestAccuracy);
        }

        page.Element("td", ReportText.Count(epoch.SamplesPerSecond)).Element("td", ReportText.Duration(epoch.Seconds)).Close();
    }

    private static void Pair(Markup page, double? loss, double? accuracy) =>
        page.Element("td", ReportText.Loss(loss)).Element("td", ReportText.Percent(accuracy));
}
