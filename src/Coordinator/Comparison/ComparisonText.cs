using System.Globalization;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Terminal;
using Distributed.Protocol;

namespace Distributed.Coordinator.Comparison;

/// <summary>A comparison for a person: a column for each run, then which weights are the same.</summary>
public static class ComparisonText
{
    private const string None = "-";

    public static IEnumerable<string> Of(RunComparison comparison, int width)
    {
        var table = new TextTable([new TextColumn(""), .. comparison.Runs.Select(run => new TextColumn(run.Name, IsNumber: true))]);
        foreach ((string name, string[] cells) in Rows(comparison).Where(row => row.Cells.Any(cell => cell != None)))
        {
            table.Add([name, .. cells]);
        }

        foreach (string line in table.Lines(width))
        {
            yield return line;
        }

        yield return "";
        if (comparison.Differences.Count == 0)
        {
            yield return "recipes: the same";
        }

        foreach (string line in Digests(comparison))
        {
            yield return line;
        }
    }

    private static IEnumerable<(string Name, string[] Cells)> Rows(RunComparison comparison)
    {
        IReadOnlyList<RunSummary> runs = comparison.Runs;
        foreach ((string, string[]) row in RecipeRows(comparison))
        {
            yield return row;
        }

        yield return ("epochs done", Cells(runs, Epochs));
        if (runs.Any(run => run.Manifest?.Recipe.EarlyStopping > 0))
        {
            yield return ("epoch of the result", Cells(runs, run => run.Result?.Epoch.ToString(CultureInfo.InvariantCulture)));
            yield return ("its test accuracy", Cells(runs, run => run.Result?.TestAccuracy is { } accuracy ? Figures.Accuracy(accuracy) : null));
        }

        foreach ((string, string[]) row in MetricRows(runs))
        {
            yield return row;
        }

        yield return ("seconds", Cells(runs, run => run.Epochs.LastOrDefault()?.Seconds.ToString("F1", CultureInfo.InvariantCulture)));
        yield return ("samples per second", Cells(runs, run => run.Epochs.Count > 0 ? Figures.Whole((long)Throughput.Of(run.Epochs)) : null));
        yield return ("workers", Cells(runs, run => run.Epochs.LastOrDefault()?.Workers.ToString(CultureInfo.InvariantCulture)));
        yield return ("weights digest", Cells(runs, run => run.WeightsDigest?.Hex[..12] + (run.WeightsDigest is null ? null : "…")));
    }

    /// <summary>What determines the result and is not the same in all.</summary>
    private static IEnumerable<(string Name, string[] Cells)> RecipeRows(RunComparison comparison)
    {
        IReadOnlyList<RunSummary> runs = comparison.Runs;
        (string Name, Func<RunManifest, string?> Value)[] facts =
        [
            ("recipe", run => run.Recipe.Name),
            .. comparison.Differences.Select(setting => (setting.Key, (Func<RunManifest, string?>)(run => RunComparison.Value(setting, run.Recipe)))),
            ("data", run => run.Data.Data),
            ("data digest", run => run.DataDigest.Hex[..12] + "…"),
            ("initial weights", run => run.InitialWeights?.Hex[..12]),
            ("program", run => run.ProgramVersion),
        ];
        foreach ((string name, Func<RunManifest, string?> value) in facts)
        {
            if (runs.Select(run => run.Manifest).OfType<RunManifest>().Select(value).Distinct().Count() > 1)
            {
                yield return (name, Cells(runs, run => run.Manifest is { } manifest ? value(manifest) : null));
            }
        }
    }

    private static IEnumerable<(string Name, string[] Cells)> MetricRows(IReadOnlyList<RunSummary> runs)
    {
        (string Name, Func<EpochMetrics, double?> Value, bool IsLoss)[] metrics =
        [
            ("training loss", epoch => epoch.TrainLoss, true),
            ("training accuracy", epoch => epoch.TrainAccuracy, false),
            ("validation loss", epoch => epoch.ValidationLoss, true),
            ("validation accuracy", epoch => epoch.ValidationAccuracy, false),
            ("test loss", epoch => epoch.TestLoss, true),
            ("test accuracy", epoch => epoch.TestAccuracy, false),
        ];
        foreach ((string name, Func<EpochMetrics, double?> value, bool isLoss) in metrics)
        {
            string? Shown(EpochMetrics? epoch) =>
                epoch is null || value(epoch) is not { } number ? null : isLoss ? Figures.Loss(number) : Figures.Accuracy(number);
            EpochMetrics? BestOf(RunSummary run) => Best(run.Epochs, value, isLoss);
            bool isLastBest = runs.All(run => BestOf(run) is not { } best || value(best) == value(run.Epochs[^1]));
            yield return (isLastBest ? name : $"{name}, last", Cells(runs, run => Shown(run.Epochs.LastOrDefault())));
            if (!isLastBest)
            {
                yield return ($"{name}, best", Cells(runs, run => BestOf(run) is { } best ? $"{Shown(best)} @{best.Epoch}" : null));
            }
        }
    }

    /// <summary>The first epoch with the lowest loss or the highest accuracy; null where no epoch has a value.</summary>
    private static EpochMetrics? Best(IReadOnlyList<EpochMetrics> epochs, Func<EpochMetrics, double?> value, bool isLoss)
    {
        IEnumerable<EpochMetrics> known = epochs.Where(epoch => value(epoch) is { } number && !double.IsNaN(number));
        return isLoss ? known.MinBy(value) : known.MaxBy(value);
    }

    private static string? Epochs(RunSummary run)
    {
        if (run is { Epochs.Count: 0, WeightsDigest: not null })
        {
            return null;
        }

        string done = run.Epochs.Count.ToString(CultureInfo.InvariantCulture);
        return run.Manifest is { } manifest && manifest.Recipe.Epochs != run.Epochs.Count ? $"{done} of {manifest.Recipe.Epochs}" : done;
    }

    private static string[] Cells(IReadOnlyList<RunSummary> runs, Func<RunSummary, string?> value) =>
        [.. runs.Select(run => value(run) is { Length: > 0 } text ? PlainText.Of(text) : None)];

    private static IEnumerable<string> Digests(RunComparison comparison)
    {
        IReadOnlyList<IGrouping<Digest, RunSummary>> groups = comparison.ByDigest;
        if (groups.Count == 1 && groups[0].Count() == comparison.Runs.Count)
        {
            yield return $"weights: the same bytes in all runs, digest {groups[0].Key}";
            yield break;
        }

        foreach (IGrouping<Digest, RunSummary> group in groups)
        {
            yield return $"weights digest {group.Key}  {string.Join(", ", group.Select(run => run.Name))}";
        }
    }
}
