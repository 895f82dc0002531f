using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Terminal;
using Distributed.Coordinator.Tuning;

namespace Distributed.Coordinator.Commands;

/// <summary>What is left to do when the last trial is done: the table, the chart, the best trial and how to train it.</summary>
public static class TuneReport
{
    /// <summary>Writes the files, and the result to standard output.</summary>
    /// <returns>0; 1 where no trial was trained to its end.</returns>
    public static async Task<int> WriteAsync(OpenTuning tuning, CommandEnvironment environment)
    {
        TuningPlan plan = tuning.Progress.Plan;
        IReadOnlyList<Standing> standings = tuning.Progress.Standings();
        WriteFiles(tuning, plan, standings);
        TextWriter output = environment.Output.Writer;
        foreach (string line in TuningText.Lines(plan.Axes, standings, environment.Output.IsTerminal ? environment.Output.Width : int.MaxValue))
        {
            await output.WriteLineAsync(line).ConfigureAwait(false);
        }

        if (standings[0] is not { IsFinished: true } best)
        {
            await environment.Error.Writer.WriteLineAsync($"error: no trial was trained to its end: {standings[0].Result.Failure ?? "the best ones failed"}")
                .ConfigureAwait(false);
            return ExitCode.Failed;
        }

        await WriteBestAsync(tuning, best, environment).ConfigureAwait(false);
        string folder = tuning.Folder.Path;
        await environment.Error.Writer.WriteLineAsync(
            $"table and curves: {Path.Combine(folder, TuningTable.FileName)} and {Path.Combine(folder, TuningChart.FileName)}").ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static void WriteFiles(OpenTuning tuning, TuningPlan plan, IReadOnlyList<Standing> standings)
    {
        var epochs = new Dictionary<int, IReadOnlyList<EpochMetrics>>();
        IReadOnlyList<EpochMetrics> EpochsOf(Trial trial)
        {
            if (!epochs.TryGetValue(trial.Number, out IReadOnlyList<EpochMetrics>? known))
            {
                known = [.. MetricsHistory.Read(new FolderRunStore(tuning.FolderOf(trial))).Epochs];
                epochs.Add(trial.Number, known);
            }

            return known;
        }

        IRunStore store = tuning.Folder.Store;
        AtomicFile.Write(store, TuningTable.FileName, System.Text.Encoding.UTF8.GetBytes(TuningTable.Csv(plan.Axes, standings)));
        AtomicFile.Write(store, TuningChart.FileName, System.Text.Encoding.UTF8.GetBytes(new TuningChart(plan, standings, EpochsOf).RenderFile()));
    }

    private static async Task WriteBestAsync(OpenTuning tuning, Standing best, CommandEnvironment environment)
    {
        TextWriter output = environment.Output.Writer;
        string folder = tuning.FolderOf(best.Trial);
        string title = best.Trial.Title(tuning.Progress.Plan.Axes);
        await output.WriteLineAsync($"best: trial {best.Trial.Number} ({title}), in {folder}; this trains the same weights:").ConfigureAwait(false);
        string command = TrainingArguments.Command(environment.InvokedAs, tuning.ArgumentsOf(best.Trial.Recipe));
        await output.WriteLineAsync($"  {command}").ConfigureAwait(false);
        var outcome = new TrainingOutcome
        {
            ExitCode = ExitCode.Done,
            RunDirectory = folder,
            TestAccuracy = tuning.Trainer.TestAccuracy(folder),
            WeightsDigest = best.Result.WeightsDigest,
        };
        foreach (string line in ClosingLines.For(outcome))
        {
            await output.WriteLineAsync(line).ConfigureAwait(false);
        }
    }
}
