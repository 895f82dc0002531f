using Distributed.Coordinator.Tuning;

namespace Distributed.Coordinator.Terminal;

/// <summary>A tuning's result for standard output.</summary>
public static class TuningText
{
    private const int DigestShort = 12;
    private const string Gap = "  ";

    /// <summary>The table, the best first, with whole digests where they fit; then a line for each trial that failed.</summary>
    /// <param name="axes">Name the columns.</param>
    /// <param name="standings">The best first.</param>
    /// <param name="width">Columns that a line may have.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<GridAxis> axes, IReadOnlyList<Standing> standings, int width)
    {
        string[][] rows = Rows(axes, standings, digestLength: int.MaxValue);
        if (Layout(rows).Max(line => line.Length) > width)
        {
            rows = Rows(axes, standings, DigestShort);
        }

        IEnumerable<string> failures = standings
            .Where(standing => standing.Result.Failure is not null)
            .Select(standing => $"trial {standing.Trial.Number} {standing.Reason}: {standing.Result.Failure}");
        return Layout(rows).Concat(failures);
    }

    private static string[][] Rows(IReadOnlyList<GridAxis> axes, IReadOnlyList<Standing> standings, int digestLength)
    {
        string[] names = ["rank", "trial", .. axes.Select(axis => axis.Key), "epochs", "validation accuracy", "loss", "outcome", "weights digest"];
        return [names, .. standings.Select(standing => Row(standing, digestLength))];
    }

    private static string[] Row(Standing standing, int digestLength)
    {
        TrialResult result = standing.Result;
        string digest = result.WeightsDigest;
        return
        [
            $"{standing.Rank}",
            $"{standing.Trial.Number}",
            .. standing.Trial.Values.Select(value => value ?? "-"),
            $"{result.Epochs}",
            result.Failure is null ? Figures.Accuracy(result.ValidationAccuracy) : "-",
            result.Failure is null ? Figures.Loss(result.ValidationLoss) : "-",
            standing.Reason.Split([' ', ':'])[0],
            digest.Length <= digestLength ? digest : digest[..digestLength],
        ];
    }

    /// <summary>Columns as wide as their widest cell; no spaces at a line's end.</summary>
    private static IEnumerable<string> Layout(string[][] rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return rows.Select(row => string.Join(Gap, row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
