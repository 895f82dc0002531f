using Distributed.Coordinator.Charts;

namespace Distributed.Coordinator.Reports;

/// <summary>What was trained and what came out.</summary>
internal static class HeadlineSection
{
    private const string DigestMeaning =
        "SHA-256 of the trained weights. The same recipe and data give the same digest with any number of workers, on any machine.";

    public static void Render(Markup page, RunReport report)
    {
        ReportFigures figures = ReportFigures.Of(report);
        page.Open("header");
        page.Element("h1", report.Recipe.Name);
        page.Element("p", Subtitle(report), ("class", "muted"));
        page.CloseLine();
        page.Open("dl", ("class", "card figures"));
        Figure(page, figures.AccuracyName, ReportText.Percent(figures.Accuracy), Mistakes(report), "figure main");
        Figure(page, "Training time", ReportText.Duration(figures.Seconds), Epochs(report));
        Figure(page, "Throughput", ReportText.Count(figures.SamplesPerSecond), "samples per second");
        Figure(page, "Workers", ReportText.Count(figures.Workers), "at the end");
        page.CloseLine();
        page.Open("section", ("class", "card"));
        page.Open("div", ("class", "digest")).Element("h2", "Weights digest").Element("code", report.WeightsDigest.Hex).Close();
        page.Element("p", DigestMeaning, ("class", "note"), ("style", "margin:4px 0 0"));
        page.CloseLine();
    }

    private static void Figure(Markup page, string name, string value, string detail, string style = "figure")
    {
        page.Open("div", ("class", style)).Element("dt", name).Open("dd").Text(value);
        if (detail.Length > 0)
        {
            page.Element("small", detail);
        }

        page.Close().Close();
    }

    private static string Subtitle(RunReport report)
    {
        string layers = string.Join('-', report.Shape.Hidden.Prepend(report.Shape.Inputs).Append(report.Shape.Outputs));
        string what = report.Recipe.Description.Length == 0 ? $"{layers} network" : report.Recipe.Description.TrimEnd('.');
        return $"{what}. Trained on {ReportText.Count(report.TrainSamples)} samples of {report.DataName}.";
    }

    private static string Epochs(RunReport report)
    {
        int epochs = report.History.Epochs.Count();
        string count = epochs == 1 ? "1 epoch" : $"{epochs} epochs";
        return report.ResultEpoch is { } result && result.Epoch < epochs ? $"{count}, number {result.Epoch} is the result" : count;
    }

    private static string Mistakes(RunReport report)
    {
        if (report.Reading?.Confusion is not { } counts)
        {
            return "";
        }

        IEnumerable<int> classes = Enumerable.Range(0, counts.Classes);
        long all = classes.Sum(label => (long)counts.Samples(label));
        long right = classes.Sum(label => (long)counts[label, label]);
        return $"{ReportText.Count(all - right)} of {ReportText.Count(all)} misread";
    }
}
