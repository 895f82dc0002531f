using System.Globalization;
using Distributed.Coordinator.Charts;
using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Reports;

/// <summary>Which class was taken for which.</summary>
internal static class ConfusionSection
{
    /// <summary>A larger table could not be read; the most frequent mistakes are listed instead.</summary>
    private const int ClassesMax = 26;

    private const int PairsMax = 20;

    private const int WorstMax = 20;

    private const string HowToRead =
        "Rows are the true class, columns what the network answered. Orange marks mistakes, stronger where more frequent.";

    /// <summary>From this share of correct answers on the cell is so dark that white digits are easier to read than black ones.</summary>
    private const double StrongFrom = 0.75;

    public static void Render(Markup page, RunReport report)
    {
        if (report.Reading?.Confusion is not { } counts)
        {
            return;
        }

        page.Open("section", ("class", "card"));
        page.Element("h2", $"Confusion matrix of the {report.Reading.SamplesName}");
        if (counts.Classes <= ClassesMax)
        {
            page.Element("p", HowToRead, ("class", "note"));
            RenderMatrix(page, counts);
        }
        else
        {
            page.Element("p", $"The most frequent mistakes among {counts.Classes} classes.", ("class", "note"));
            RenderPairs(page, counts);
            page.Element("p", "The classes with the lowest accuracy.", ("class", "note"));
            RenderWorst(page, counts);
        }

        page.CloseLine();
    }

    private static void RenderMatrix(Markup page, ConfusionMatrix counts)
    {
        int classes = counts.Classes;
        int worst = Math.Max(1, Pairs(counts).Select(pair => pair.Count).DefaultIfEmpty(0).Max());
        page.Open("div", ("class", "scroll"), ("tabindex", "0")).Open("table", ("class", "matrix"));
        page.Open("thead").Open("tr").Element("th", "true", ("scope", "col"));
        for (int prediction = 0; prediction < classes; prediction++)
        {
            page.Element("th", $"{prediction}", ("scope", "col"));
        }

        page.Element("th", "accuracy", ("scope", "col")).Close().Close().Open("tbody").Raw("\n");
        for (int label = 0; label < classes; label++)
        {
            RenderRow(page, counts, label, worst);
        }

        page.Close().Close().Close();
    }

    private static void RenderRow(Markup page, ConfusionMatrix counts, int label, int worst)
    {
        int classes = counts.Classes;
        double? accuracy = counts.Recall(label);
        page.Open("tr").Element("th", $"{label}", ("scope", "row"));
        for (int prediction = 0; prediction < classes; prediction++)
        {
            int count = counts[label, prediction];
            bool isHit = prediction == label;
            double heat = isHit ? accuracy ?? 0 : Math.Sqrt((double)count / worst) * 0.9;
            RenderCell(page, count, heat, isHit);
        }

        page.Element("td", ReportText.Percent(accuracy), ("class", "share")).CloseLine();
    }

    private static void RenderCell(Markup page, int count, double heat, bool isHit)
    {
        string kind = count == 0 ? "none" : isHit ? "hit" : "miss";
        string style = isHit && heat >= StrongFrom ? $"{kind} strong" : kind;
        page.Element("td", ReportText.Count(count), ("class", style), ("style", $"--heat:{heat.ToString("0.###", CultureInfo.InvariantCulture)}"));
    }

    private static void RenderPairs(Markup page, ConfusionMatrix counts)
    {
        OpenTable(page, "true class", "answered", "samples");
        foreach ((int label, int prediction, int count) in Pairs(counts).OrderByDescending(pair => pair.Count).Take(PairsMax))
        {
            page.Open("tr").Element("td", $"{label}").Element("td", $"{prediction}").Element("td", ReportText.Count(count)).CloseLine();
        }

        page.Close().Close().Close();
    }

    private static void RenderWorst(Markup page, ConfusionMatrix counts)
    {
        OpenTable(page, "class", "accuracy", "samples");
        foreach (int label in Enumerable.Range(0, counts.Classes).Where(label => counts.Samples(label) > 0).OrderBy(counts.Recall).Take(WorstMax))
        {
            string accuracy = ReportText.Percent(counts.Recall(label));
            page.Open("tr").Element("td", $"{label}").Element("td", accuracy).Element("td", ReportText.Count(counts.Samples(label))).CloseLine();
        }

        page.Close().Close().Close();
    }

    private static void OpenTable(Markup page, params ReadOnlySpan<string> heads)
    {
        page.Open("div", ("class", "scroll")).Open("table", ("class", "data")).Open("thead").Open("tr");
        foreach (string head in heads)
        {
            page.Element("th", head, ("scope", "col"));
        }

        page.Close().Close().Open("tbody").Raw("\n");
    }

    /// <summary>The mistakes that were made, by label and prediction.</summary>
    private static IEnumerable<(int Label, int Prediction, int Count)> Pairs(ConfusionMatrix counts)
    {
        for (int label = 0; label < counts.Classes; label++)
        {
            for (int prediction = 0; prediction < counts.Classes; prediction++)
            {
                if (label != prediction && counts[label, prediction] > 0)
                {
                    yield return (label, prediction, counts[label, prediction]);
                }
            }
        }
    }
}
