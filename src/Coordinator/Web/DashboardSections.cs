using Distributed.Coordinator.Charts;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Recipes;
using Distributed.Coordinator.Reports;

namespace Distributed.Coordinator.Web;

/// <summary>The parts of the page that change while a run goes on, each as the content of the element that its id names.</summary>
internal static class DashboardSections
{
    private static readonly (string Id, Action<Markup, RunSnapshot> Render)[] All =
    [
        ("what", RenderWhat),
        ("status", RenderStatus),
        ("figures", RenderFigures),
        ("loss", (page, run) => page.Raw(LineChartRenderer.RenderInline(LiveCurves.Loss(run), "loss-chart"))),
        ("accuracy", (page, run) => page.Raw(LineChartRenderer.RenderInline(LiveCurves.Accuracy(run), "accuracy-chart"))),
        ("epochs", EpochTable.Render),
        ("classes", ClassSection.Render),
        ("workers", WorkerSection.Render),
        ("events", RenderEvents),
        ("recipe", RenderRecipe),
    ];

    /// <summary>The ids, in the order of <see cref="Render"/>'s values.</summary>
    internal static IReadOnlyList<string> Ids { get; } = [.. All.Select(section => section.Id)];

    internal static string[] Render(RunSnapshot run)
    {
        string[] sections = new string[All.Length];
        for (int i = 0; i < sections.Length; i++)
        {
            var markup = new Markup();
            All[i].Render(markup, run);
            sections[i] = markup.ToString();
        }

        return sections;
    }

    private static void RenderWhat(Markup page, RunSnapshot run)
    {
        string subtitle = run.Summary is not { } summary
            ? "preparing"
            : $"{summary.Layers} network, {ReportText.Count(summary.Parameters)} parameters, {ReportText.Count(summary.TrainSamples)} training samples"
                + (summary.ResumedAtStep > 0 ? $", resumed at step {ReportText.Count(summary.ResumedAtStep)}" : "");
        page.Element("h1", run.Recipe.Name).Element("p", subtitle, ("class", "muted"));
        page.Element("p", run.Summary?.RunDirectory ?? "", ("class", "muted folder"));
    }

    private static void RenderStatus(Markup page, RunSnapshot run)
    {
        (string state, string words) = run.Phase switch
        {
            RunPhase.Preparing => ("waiting", "preparing"),
            RunPhase.Over => ("over", run.Ending),
            RunPhase.Stopping => ("waiting", "stopping after this step"),
            _ when run.LiveWorkers == 0 => ("bad", "waiting for a worker"),
            _ => ("live", "training"),
        };
        page.Open("p", ("class", $"pill {state}")).Open("i").Close().Text(words).Close();
        double share = run.Steps == 0 ? 0 : (double)run.Step / run.Steps;
        string shown = Markup.Number(100 * share);
        page.Open("div", ("class", "bar"), ("role", "progressbar"), ("aria-valuenow", shown), ("aria-valuemin", "0"), ("aria-valuemax", "100"));
        page.Open("b", ("style", $"width:{shown}%")).Close().Close();
    }

    private static void RenderFigures(Markup page, RunSnapshot run)
    {
        var last = run.Epochs.Count > 0 ? run.Epochs[^1] : null;
        string name = last switch
        {
            { TestAccuracy: not null } => "Test accuracy",
            { ValidationAccuracy: not null } => "Validation accuracy",
            _ => "Training accuracy",
        };
        double? accuracy = last?.TestAccuracy ?? last?.ValidationAccuracy ?? last?.TrainAccuracy ?? run.Progress?.Accuracy;
        double? loss = last?.TestLoss ?? last?.ValidationLoss ?? last?.TrainLoss ?? run.Progress?.Loss;
        string when = last is null ? "this epoch so far" : $"loss {ReportText.Loss(loss)} after epoch {last.Epoch}";
        Figure(page, name, "figure-accuracy", ReportText.Percent(accuracy), when, "figure main");
        int stepsPerEpoch = run.Summary?.StepsPerEpoch ?? 0;
        int epoch = stepsPerEpoch == 0 ? 0 : Math.Min((run.Step / stepsPerEpoch) + 1, run.Steps / stepsPerEpoch);
        string epochs = stepsPerEpoch == 0
            ? ""
            : $"of {ReportText.Count(run.Steps)}, epoch {ReportText.Count(epoch)} of {ReportText.Count(run.Steps / stepsPerEpoch)}";
        Figure(page, "Step", "figure-step", ReportText.Count(run.Step), epochs);
        string left = run.Phase == RunPhase.Over ? "none" : run.SecondsLeft is { } seconds ? ReportText.WholeSeconds(seconds) : "–";
        Figure(page, "Time left", "figure-left", left, $"{ReportText.WholeSeconds(Math.Floor(run.Seconds))} so far");
        double? speed = run.Progress?.SamplesPerSecond ?? run.LastLine?.SamplesPerSecond;
        Figure(page, "Throughput", "figure-speed", speed is { } rate && double.IsFinite(rate) ? ReportText.Count(rate) : "–", "samples per second");
    }

    private static void Figure(Markup page, string name, string id, string value, string detail, string style = "figure")
    {
        page.Open("div", ("class", style)).Element("dt", name).Open("dd");
        page.Element("span", value, ("id", id)).Element("small", detail).Close().Close();
    }

    private static void RenderRecipe(Markup page, RunSnapshot run)
    {
        RecipeSetting[] settings = [.. RecipeSettings.All.Where(setting => setting.HasEffect(run.Recipe))];
        page.Open("div", ("class", "pair"));
        foreach (RecipeSetting[] column in settings.Chunk((settings.Length + 1) / 2))
        {
            page.Open("dl", ("class", "facts"));
            foreach (RecipeSetting setting in column)
            {
                page.Element("dt", setting.Key).Element("dd", setting.Format(run.Recipe));
            }

            page.Close();
        }

        page.Close();
    }

    private static void RenderEvents(Markup page, RunSnapshot run)
    {
        if (run.Events.Count == 0)
        {
            page.Element("p", "Nothing yet.", ("class", "muted"));
            return;
        }

        page.Open("ol", ("class", "events"));
        foreach (WatchedEvent happened in run.Events.Reverse())
        {
            string level = happened.Level.ToString().ToLowerInvariant();
            page.Open("li", ("class", level)).Element("time", ReportText.Duration(happened.Seconds));
            page.Open("span");
            if (happened.Level != EventLevel.Information)
            {
                page.Element("b", $"{level} ");
            }

            page.Text(happened.Text).Close().Close();
        }

        page.Close();
    }
}
