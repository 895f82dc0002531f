using Distributed.Coordinator.Charts;

namespace Distributed.Coordinator.Reports;

/// <summary>The mistakes that the network was surest of, drawn where the samples are pictures.</summary>
internal static class MisreadSection
{
    public static void Render(Markup page, RunReport report)
    {
        if (report.Reading is not { Misreads.Count: > 0 } reading)
        {
            return;
        }

        page.Open("section", ("class", "card"));
        page.Element("h2", "Most confident mistakes");
        page.Element("p", $"The {reading.SamplesName} that the network misread and was surest of.", ("class", "note"));
        page.Open("ul", ("class", "gallery")).Raw("\n");
        foreach (Misread misread in reading.Misreads)
        {
            RenderSample(page, reading, misread);
        }

        page.Close().CloseLine();
    }

    private static void RenderSample(Markup page, SampleReading reading, Misread misread)
    {
        page.Open("li").Open("figure");
        if (SamplePicture.Of(reading.Samples, misread.Index) is { } picture)
        {
            page.Open("div", ("class", "frame"));
            page.Empty("img", ("src", GrayPng.DataUri(picture)), ("alt", $"sample {misread.Index}, a {misread.Label}"));
            page.Close();
        }

        page.Open("figcaption");
        page.Element("b", $"{misread.Label}").Text(" read as ").Element("b", $"{misread.Prediction}", ("class", "wrong"));
        page.Element("small", $"{ReportText.Percent(misread.Probability)} sure").Element("small", $"sample {misread.Index}");
        page.Close().Close().CloseLine();
    }
}
