using System.Globalization;
using System.Text;
using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Web;

/// <summary>
/// A run in Prometheus' text format, version 0.0.4. Units are seconds and shares from 0 to 1. The run's counters go on where a resumed run was; those of
/// workers and events begin anew with each coordinator process, which Prometheus' functions expect.
/// </summary>
public static class PrometheusText
{
    /// <summary>What the format is called in HTTP.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>All series of <paramref name="run"/>.</summary>
    public static string Render(RunSnapshot run)
    {
        var text = new StringBuilder();
        string recipe = Labels(("recipe", run.Recipe.Name), ("layers", run.Summary?.Layers ?? ""), ("run_directory", run.Summary?.RunDirectory ?? ""));
        Single(text, "info", "gauge", "What is trained, as labels; always 1.", 1, recipe);
        Single(text, "steps_total", "counter", "Steps done, by the last line of the metrics.", run.Totals.Steps);
        Single(text, "steps_planned", "gauge", "Steps of the whole run.", run.Steps);
        Single(text, "samples_total", "counter", "Samples trained on.", run.Totals.Samples);
        Single(text, "seconds_total", "counter", "Time that the run has taken.", run.Totals.Seconds);
        Single(text, "epochs_total", "counter", "Epochs done.", run.Totals.Epochs);
        Single(text, "ready", "gauge", "1 while steps are being done.", run.IsReady ? 1 : 0);
        Single(text, "live_workers", "gauge", "Workers that can compute.", run.LiveWorkers);
        Optional(text, "seconds_left", "Estimated time to the end.", run.SecondsLeft);
        Optional(text, "samples_per_second", "Training samples per second lately.", run.Progress?.SamplesPerSecond ?? run.LastLine?.SamplesPerSecond);
        Optional(text, "learning_rate", "Of the last recorded step.", run.LastLine?.LearningRate ?? run.Epochs.LastOrDefault()?.LearningRate);
        Optional(text, "epoch_loss", "Mean loss over the minibatches of the present epoch so far.", run.Progress?.Loss);
        Optional(text, "epoch_accuracy", "Share of the present epoch's samples classified correctly so far.", run.Progress?.Accuracy);
        RenderEvaluations(text, run);
        RenderWorkers(text, run);
        Head(text, "events_total", "counter", "Events, by how much they matter.");
        foreach (EventLevel level in Enum.GetValues<EventLevel>())
        {
            Sample(text, "events_total", run.EventCounts[(int)level], Labels(("level", level.ToString().ToLowerInvariant())));
        }

        return text.ToString();
    }

    private static void RenderEvaluations(StringBuilder text, RunSnapshot run)
    {
        if (run.Epochs.Count == 0)
        {
            return;
        }

        var last = run.Epochs[^1];
        Head(text, "loss", "gauge", "Mean loss at the end of the last epoch.");
        Part(text, "loss", "training", last.TrainLoss);
        Part(text, "loss", "validation", last.ValidationLoss);
        Part(text, "loss", "test", last.TestLoss);
        Head(text, "accuracy", "gauge", "Share classified correctly at the end of the last epoch.");
        Part(text, "accuracy", "training", last.TrainAccuracy);
        Part(text, "accuracy", "validation", last.ValidationAccuracy);
        Part(text, "accuracy", "test", last.TestAccuracy);
    }

    private static void RenderWorkers(StringBuilder text, RunSnapshot run)
    {
        Workers(text, run, "worker_up", "gauge", "1 while the worker can compute.",
            worker => worker.Condition.IsThere() ? 1 : 0);
        Workers(text, run, "worker_quarantined", "gauge", "1 for a worker that computed wrong bits.",
            worker => worker.Condition == WorkerCondition.Quarantined ? 1 : 0);
        Workers(text, run, "worker_microbatches_total", "counter", "Microbatches delivered.", worker => worker.Microbatches);
        Workers(text, run, "worker_busy_seconds_total", "counter", "Time from being given microbatches to having delivered them.",
            worker => worker.BusySeconds);
        Workers(text, run, "worker_silent_seconds", "gauge", "Time since it was last heard of.", worker => worker.SilentSeconds);
        Workers(text, run, "worker_incarnation", "gauge", "The number of its life.", worker => worker.Incarnation);
    }

    private static void Workers(StringBuilder text, RunSnapshot run, string name, string type, string help, Func<WorkerState, double> value)
    {
        if (run.Workers.Count == 0)
        {
            return;
        }

        Head(text, name, type, help);
        foreach (WorkerState worker in run.Workers)
        {
            Sample(text, name, value(worker), Labels(("worker", worker.Id)));
        }
    }

    private static void Part(StringBuilder text, string name, string samples, double? value)
    {
        if (value is { } known)
        {
            Sample(text, name, known, Labels(("samples", samples)));
        }
    }

    private static void Optional(StringBuilder text, string name, string help, double? value)
    {
        if (value is { } known)
        {
            Single(text, name, "gauge", help, known);
        }
    }

    private static void Single(StringBuilder text, string name, string type, string help, double value, string labels = "")
    {
        Head(text, name, type, help);
        Sample(text, name, value, labels);
    }

    private static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append($"# HELP training_{name} {help}\n# TYPE training_{name} {type}\n");

    private static void Sample(StringBuilder text, string name, double value, string labels) =>
        text.Append($"training_{name}{labels} {Number(value)}\n");

    private static string Labels(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var parts = new List<string>();
        foreach ((string name, string value) in labels)
        {
            parts.Add($"{name}=\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"");
        }

        return $"{{{string.Join(',', parts)}}}";
    }

    private static string Number(double value) =>
        double.IsNaN(value) ? "NaN"
        : double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);
}
