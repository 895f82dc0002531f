using Distributed.Coordinator.Charts;
using Distributed.Coordinator.Metrics;

namespace Distributed.Coordinator.Reports;

/// <summary>Loss and accuracy by epoch, drawn and as a table.</summary>
internal static class CurvesSection
{
    public static void Render(Markup page, RunReport report)
    {
        EpochMetrics[] epochs = [.. report.History.Epochs];
        page.Open("section", ("class", "card"), ("aria-label", "Loss and accuracy"));
        page.Open("div", ("class", "charts"));
        page.Raw(LineChartRenderer.RenderInline(Curves.Loss(epochs), "loss")).Raw("\n");
        page.Raw(LineChartRenderer.RenderInline(Curves.Accuracy(epochs), "accuracy"));
        page.CloseLine();
        if (epochs.Length > 0)
        {
            page.Open("details").Element("summary", "All epochs as numbers");
            RenderTable(page, epochs, report.ResultEpoch);
            page.Close();
        }

        page.CloseLine();
    }

    private static void RenderTable(Markup page, EpochMetrics[] epochs, EpochMetrics? result)
    {
        bool hasValidation = epochs.Any(epoch => epoch.ValidationLoss is not null);
        bool hasTest = epochs.Any(epoch => epoch.TestLoss is not null);
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

        page.Close().Close().Open("tbody").Raw("\n");
        foreach (EpochMetrics epoch in epochs)
        {
            RenderRow(page, epoch, hasValidation, hasTest, isResult: epoch.Epoch == result?.Epoch);
        }

        page.Close().Close().Close();
    }

    private static void RenderRow(Markup page, EpochMetrics epoch, bool hasValidation, bool hasTest, bool isResult)
    {
        page.Open("tr", isResult ? [("class", "result")] : []).Element("td", ReportText.Count(epoch.Epoch));
        Pair(page, epoch.TrainLoss, epoch.TrainAccuracy);
        if (hasValidation)
        {
            Pair(page, epoch.ValidationLoss, epoch.ValidationAccuracy);
        }

        if (hasTest)
        {
            Pair(page, epoch.TestLoss, epoch.TestAccuracy);
        }

        page.Element("td", ReportText.Count(epoch.SamplesPerSecond)).Element("td", ReportText.Duration(epoch.Seconds)).CloseLine();
    }

    private static void Pair(Markup page, double? loss, double? accuracy) =>
        page.Element("td", ReportText.Loss(loss)).Element("td", ReportText.Percent(accuracy));
}
