using System.Text;

namespace Distributed.Bench.Compare;

/// <summary>The table as Markdown.</summary>
internal static class PerformanceTable
{
    public static string Markdown(Report report)
    {
        var text = new StringBuilder();
        text.Append($"Measured on {report.Taken:d MMMM yyyy} on {report.Machine}{(report.IsQuick ? ", one quick round" : "")}. ");
        text.Append($"{Count(report, Verdict.Ahead)} ahead, {Count(report, Verdict.Behind)} behind, {Count(report, Verdict.NotMeasured)} not measured.\n\n");
        text.Append("| what | ours | best peer | measured | goal | |\n|---|---|---|---|---|---|\n");
        foreach (RowResult row in report.Results)
        {
            text.Append($"| {Cell(row.What)} | {Cell(row.Ours)} | {Cell(row.Peer)} | {row.Measure} | {row.Goal} | {Word(row.Verdict)} |\n");
        }

        AppendNotes(text, report);
        text.Append("\n![Speed against the best peer](performance-bars.svg)\n");
        if (report.Results.Any(row => row.Rates is not null))
        {
            text.Append("\n![Roofline: matrix products on one core](performance-roofline.svg)\n");
        }

        return text.ToString();
    }

    private static void AppendNotes(StringBuilder text, Report report)
    {
        text.Append("\nNotes:\n\n");
        foreach (RowResult row in report.Results.Where(row => row.Note.Length > 0))
        {
            text.Append($"- {Cell(row.What)}: {Cell(row.Note)}\n");
        }
    }

    private static int Count(Report report, Verdict verdict) => report.Results.Count(row => row.Verdict == verdict);

    private static string Word(Verdict verdict) => verdict == Verdict.Behind ? "**behind**" : CompareCommand.Word(verdict);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
