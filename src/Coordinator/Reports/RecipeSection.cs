using Distributed.Coordinator.Charts;
using Distributed.Coordinator.Recipes;
using Distributed.Numerics.Models;

namespace Distributed.Coordinator.Reports;

/// <summary>All that determines the result, and how the run was started.</summary>
internal static class RecipeSection
{
    public static void Render(Markup page, RunReport report)
    {
        page.Open("section", ("class", "card"));
        page.Element("h2", "Recipe and run");
        page.Element("p", "Recipe and data determine the weights; nothing else does.", ("class", "note"));
        page.Open("div", ("class", "pair")).Open("dl", ("class", "facts")).Raw("\n");
        foreach (RecipeSetting setting in RecipeSettings.All.Where(setting => setting.HasEffect(report.Recipe)))
        {
            Fact(page, setting.Key, setting.Format(report.Recipe));
        }

        page.Close().Open("dl", ("class", "facts")).Raw("\n");
        Fact(page, "data", report.DataName);
        Fact(page, "data digest", report.DataDigest.Hex, isCode: true);
        Fact(page, "samples", Samples(report));
        Fact(page, "parameters", ReportText.Count(ParameterLayout.For(report.Shape).Count));
        Fact(page, "command line", string.Join(' ', report.CommandLine.Prepend("coordinator")), isCode: true);
        Fact(page, "program version", report.ProgramVersion);
        page.Close().Close().CloseLine();
    }

    private static void Fact(Markup page, string name, string value, bool isCode = false)
    {
        page.Element("dt", name).Open("dd");
        if (isCode)
        {
            page.Element("code", value);
        }
        else
        {
            page.Text(value);
        }

        page.CloseLine();
    }

    private static string Samples(RunReport report)
    {
        string text = $"{ReportText.Count(report.TrainSamples)} training";
        text += report.ValidationSamples > 0 ? $", {ReportText.Count(report.ValidationSamples)} validation" : "";
        return text + (report.TestSamples > 0 ? $", {ReportText.Count(report.TestSamples)} test" : "");
    }
}
