using System.Globalization;
using Distributed.Coordinator.Charts;

namespace Distributed.Coordinator.Reports;

/// <summary>Which class was taken for which.</summary>
internal static class ConfusionSection
{
    /// <summary>A larger table could not be read; the most frequent mistakes are listed instead.</summary>
    private const int ClassesMax = 26;

    private const int PairsMax = 20;

    /// <summary>From this share of correct answers on the cell is so dark that white digits are easier to read than black ones.</summary>
    private const double StrongFrom = 0.75;

    public static void Render(Markup page, RunReport report)
    {
        if (report.Confusion is not { } counts)
        {
            return;
        }

        page.Open("section", ("class", "card"));
        page.Element("h2", "Confusion matrix");
        if (counts.GetLength(0) <= ClassesMax)
        {
            page.Element("p", "Rows are the true class, columns what the network answered. Orange marks mistakes, stronger where more frequent.", ("class", "note"));
            RenderMatrix(page, counts);
        }
        else
        {
            page.Element("p", $"The most frequent mistakes among {counts.GetLength(0)} classes.", ("class", "note"));
            RenderPairs(page, counts);
        }

        page.CloseLine();
    }

    private static void RenderMatrix(Markup page, int[,] counts)
    {
        int classes = counts.GetLength(0);
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

    private static void RenderRow(Markup page, int[,] counts, int label, int worst)
    {
        int classes = counts.GetLength(0);
        long samples = Enumerable.Range(0, classes).Sum(prediction => (long)counts[label, prediction]);
        page.Open("tr").Element("th", $"{label}", ("scope", "row"));
        for (int prediction = 0; prediction < classes; prediction++)
        {
            int count = counts[label, prediction];
            bool isHit = prediction == label;
            double heat = isHit ? (double)count / Math.Max(1, samples) : Math.Sqrt((double)count / worst) * 0.9;
            RenderCell(page, count, heat, isHit);
        }

        page.Element("td", samples == 0 ? "–" : ReportText.Percent((double)counts[label, label] / samples), ("class", "share")).CloseLine();
    }

    private static void RenderCell(Markup page, int count, double heat, bool isHit)
    {
        string kind = count == 0 ? "none" : isHit ? "hit" : "miss";
        string style = isHit && heat >= StrongFrom ? $"{kind} strong" : kind;
        page.Element("td", ReportText.Count(count), ("class", style), ("style", $"--heat:{heat.ToString("0.###", CultureInfo.InvariantCulture)}"));
    }

    private static void RenderPairs(Markup page, int[,] counts)
    {
        page.Open("div", ("class", "scroll")).Open("table", ("class", "data")).Open("thead").Open("tr");
        page.Element("th", "true class", ("scope", "col")).Element("th", "answered", ("scope", "col")).Element("th", "samples", ("scope", "col"));
        page.Close().Close().Open("tbody").Raw("\n");
        foreach ((int label, int prediction, int count) in Pairs(counts).OrderByDescending(pair => pair.Count).Take(PairsMax))
        {
            page.Open("tr").Element("td", $"{label}").Element("td", $"{prediction}").Element("td", ReportText.Count(count)).CloseLine();
        }

        page.Close().Close().Close();
    }

    /// <summary>The mistakes that were made, by label and prediction.</summary>
    private static IEnumerable<(int Label, int Prediction, int Count)> Pairs(int[,] counts)
    {
        for (int label = 0; label < counts.GetLength(0); label++)
        {
            for (int prediction = 0; prediction < counts.GetLength(1); prediction++)
            {
                if (label != prediction && counts[label, prediction] > 0)
                {
                    yield return (label, prediction, counts[label, prediction]);
                }
            }
        }
    }
}
