using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Tuning;
using Spectre.Console;

namespace Distributed.Coordinator.Terminal;

/// <summary>The live table of a tuning: the trials that are being trained, then the best so far. It never grows beyond a small terminal.</summary>
public static class TuningRegion
{
    private const int RunningMax = 8;
    private const int BestMax = 5;
    private const int BarColumns = 12;

    /// <summary>rung 1 of 2, 4 of 6 trials done, 0:12 left.</summary>
    /// <param name="progress">Where the tuning stands.</param>
    /// <param name="secondsLeft">Null while unknown.</param>
    public static string Head(TuningProgress progress, double? secondsLeft)
    {
        string rung = progress.Plan.Rungs.Count > 1 ? $"rung {progress.Rung.Number} of {progress.Plan.Rungs.Count}, " : "";
        string done = $"{progress.Trials.Count - progress.Waiting.Count} of {progress.Trials.Count} trials done";
        return $"{rung}{done}{(secondsLeft is { } left ? $", {Figures.Clock(left)} left" : "")}";
    }

    /// <param name="plan">Names the columns.</param>
    /// <param name="running">In order of their numbers.</param>
    /// <param name="standings">The best first.</param>
    public static Table Of(TuningPlan plan, IReadOnlyCollection<RunningTrial> running, IReadOnlyList<Standing> standings)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string name in (string[])["trial", .. plan.Axes.Select(axis => axis.Key), "epoch", "training loss", plan.Metric.Spoken()])
        {
            table.AddColumn(new TableColumn(new Text(name, new Style(decoration: Decoration.Dim))) { NoWrap = true });
        }

        foreach (RunningTrial trial in running.Take(RunningMax))
        {
            StepProgress? step = trial.Watch.Step;
            Add(table, trial.Trial, Bar(step, trial.Epochs), step is { } s ? Figures.Loss(s.Loss) : "", Metric(plan.Metric, trial.Watch.Epoch), Color.Default);
        }

        HashSet<int> isRunning = [.. running.Select(trial => trial.Trial.Number)];
        IEnumerable<Standing> rest = standings.Where(standing => standing.Result.Failure is null && !isRunning.Contains(standing.Trial.Number));
        foreach (Standing standing in rest.Take(BestMax))
        {
            string figure = Figures.Accuracy(plan.Metric.Of(standing.Result));
            Add(table, standing.Trial, $"{standing.Result.Epochs}", "", figure, standing.Rank == 1 ? Color.Green : Color.Default);
        }

        return table;
    }

    private static void Add(Table table, Trial trial, string epoch, string loss, string metric, Color color) =>
        table.AddRow(((string[])[$"{trial.Number}", .. trial.Values.Select(value => value ?? "-"), epoch, loss, metric])
            .Select(text => new Text(text, new Style(color)) { Overflow = Overflow.Ellipsis }));

    private static string Metric(TuningMetric metric, EpochProgress? epoch) => (metric, epoch) switch
    {
        (TuningMetric.ValidationAccuracy, { ValidationAccuracy: { } accuracy }) => Figures.Accuracy(accuracy),
        (TuningMetric.ValidationLoss, { ValidationLoss: { } loss }) => Figures.Loss(loss),
        _ => "",
    };

    private static string Bar(StepProgress? progress, int epochs)
    {
        double done = progress is { } p ? TuningTimeLeft.EpochsDone(p) / epochs : 0;
        int columns = (int)(Math.Clamp(done, 0, 1) * BarColumns);
        return $"{new string('━', columns)}{new string('─', BarColumns - columns)} {progress?.Epoch ?? 1}/{epochs}";
    }
}
