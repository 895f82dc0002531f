using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Reports;
using Distributed.Coordinator.Tests.Metrics;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Tests.Reports;

public sealed class RunReportPageTests
{
    [Fact]
    public void Is_one_file_that_asks_for_nothing()
    {
        string page = RunReportPage.Render(SampleReport.Make());
        XElement html = Parse(page);
        Assert.DoesNotContain(html.Descendants(), element => element.Name.LocalName is "script" or "link" or "iframe" or "object" or "base" or "form");
        Assert.DoesNotContain(html.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.All(html.Descendants().Attributes("src"), source => Assert.StartsWith("data:image/png;base64,", source.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.Equal(["http://www.w3.org/2000/svg"], Regex.Matches(page, "https?:[^\"' ]+").Select(match => match.Value).Distinct());
        Assert.Contains(html.Descendants("meta").Attributes("content"), content => content.Value.StartsWith("default-src 'none'", StringComparison.Ordinal));
    }

    [Fact]
    public void What_comes_from_outside_is_text()
    {
        XElement html = Parse(RunReportPage.Render(SampleReport.Make()));
        Assert.Equal(SampleReport.Hostile, html.Descendants("h1").Single().Value);
        Assert.Contains(html.Descendants("td"), cell => cell.Value == SampleReport.Hostile);
        Assert.Contains(html.Descendants("code"), code => code.Value == $"coordinator --data {SampleReport.Hostile}");
    }

    [Fact]
    public void Begins_with_the_figures_that_matter()
    {
        string text = Parse(RunReportPage.Render(SampleReport.Make())).Descendants("main").Single().Value;
        Assert.Contains("Test accuracy33.33 %6 of 100 misread", text, StringComparison.Ordinal);
        Assert.Contains("Training time2.5 s2 epochs", text, StringComparison.Ordinal);
        Assert.Contains("130,000samples per second", text, StringComparison.Ordinal);
        Assert.Contains("Workers4", text, StringComparison.Ordinal);
        Assert.Contains(SampleReport.Make().WeightsDigest.Hex, text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_figures_are_those_of_the_epoch_whose_weights_are_the_result()
    {
        EpochMetrics[] epochs = [.. Enumerable.Range(1, 3).Select(epoch => SampleMetrics.Epoch(epoch, 10 * epoch) with { TestAccuracy = 0.1 * epoch })];
        RunReport report = SampleReport.Make() with { History = new MetricsHistory(epochs, []), ResultEpoch = epochs[1] };
        XElement html = Parse(RunReportPage.Render(report));
        Assert.Contains("Test accuracy20.00 %", html.Value, StringComparison.Ordinal);
        Assert.Contains("3 epochs, number 2 is the result", html.Value, StringComparison.Ordinal);
        XElement marked = html.Descendants("tr").Single(row => row.Attribute("class")?.Value == "result");
        Assert.Equal("2", marked.Elements("td").First().Value);
    }

    [Fact]
    public void Confusion_is_a_table_with_each_class_accuracy()
    {
        XElement matrix = Parse(RunReportPage.Render(SampleReport.Make())).Descendants("table").Single(table => table.Attribute("class")!.Value == "matrix");
        string[] rows = [.. matrix.Element("tbody")!.Elements("tr").Select(row => string.Join(' ', row.Elements().Select(cell => cell.Value)))];
        Assert.Equal(["0 30 1 0 96.77 %", "1 2 40 3 88.89 %", "2 0 0 24 100.00 %"], rows);
    }

    [Fact]
    public void Misreads_are_drawn_with_label_prediction_and_probability()
    {
        XElement[] figures = [.. Parse(RunReportPage.Render(SampleReport.Make())).Descendants("figure")];
        Assert.Equal(["0 read as 275.00 % suresample 1", "1 read as 050.00 % suresample 0"], figures.Select(figure => figure.Value));
        Assert.All(figures, figure => Assert.Single(figure.Descendants("img")));
    }

    [Fact]
    public void Features_that_are_no_square_are_not_drawn()
    {
        RunReport report = SampleReport.Make();
        Dataset samples = Dataset.OfFloats(6, 3, new float[12], [0, 1]);
        XElement html = Parse(RunReportPage.Render(report with { Reading = report.Reading! with { Samples = samples } }));
        Assert.Empty(html.Descendants("img"));
        Assert.Equal(2, html.Descendants("figure").Count());
    }

    [Fact]
    public void The_recipe_is_there_and_what_has_no_effect_is_not()
    {
        string[] names = [.. Parse(RunReportPage.Render(SampleReport.Make())).Descendants("dt").Select(name => name.Value)];
        Assert.Contains("learning-rate", names);
        Assert.Contains("beta1", names);
        Assert.DoesNotContain("momentum", names);
    }

    [Fact]
    public void A_run_without_test_data_or_epochs_still_has_a_report()
    {
        RunReport report = SampleReport.Make() with { Reading = null, History = new MetricsHistory([], []), ResultEpoch = null };
        string text = Parse(RunReportPage.Render(report)).Value;
        Assert.DoesNotContain("Confusion", text, StringComparison.Ordinal);
        Assert.Contains("No values yet", text, StringComparison.Ordinal);
        Assert.Contains("Training accuracy–", text, StringComparison.Ordinal);
        MetricsHistory trainingOnly = new([SampleMetrics.Epoch(1, 10) with { TestLoss = null, TestAccuracy = null, ValidationAccuracy = 0.5 }], []);
        report = report with { History = trainingOnly, ResultEpoch = trainingOnly.Epochs.Last() };
        Assert.Contains("Validation accuracy50.00 %", Parse(RunReportPage.Render(report)).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_classes_become_a_list_of_mistakes()
    {
        RunReport report = SampleReport.Make();
        SampleReading reading = report.Reading! with { Confusion = SampleReport.Matrix(100, (99, 3, 7), (5, 6, 9)) };
        XElement html = Parse(RunReportPage.Render(report with { Reading = reading }));
        Assert.DoesNotContain(html.Descendants("table"), table => table.Attribute("class")!.Value == "matrix");
        string[] rows = [.. html.Descendants("tr").Select(row => string.Join(' ', row.Elements("td").Select(cell => cell.Value)))];
        Assert.True(Array.IndexOf(rows, "5 6 9") < Array.IndexOf(rows, "99 3 7"));
        Assert.Contains("5 6 9", rows);
        Assert.Contains("5 0.00 % 9", rows);
        Assert.DoesNotContain(rows, row => row.StartsWith("6 ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_report_gives_the_same_bytes() =>
        Assert.Equal(RunReportPage.Render(SampleReport.Make()), RunReportPage.Render(SampleReport.Make()));

    private static XElement Parse(string page)
    {
        using var reader = XmlReader.Create(new StringReader(page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader);
    }
}
