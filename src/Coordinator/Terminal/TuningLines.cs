using Distributed.Coordinator.Tuning;

namespace Distributed.Coordinator.Terminal;

/// <summary>A tuning in words.</summary>
public static class TuningLines
{
    /// <summary>What was decided before, and what begins now.</summary>
    public static IEnumerable<string> RungStarted(TuningProgress progress, CoreShare share)
    {
        TuningPlan plan = progress.Plan;
        int waiting = progress.Waiting.Count;
        if (progress.Decisions.LastOrDefault() is { } decision && waiting == progress.Trials.Count)
        {
            yield return Decided(decision);
        }

        string rung = plan.Rungs.Count > 1 ? $"rung {progress.Rung.Number} of {plan.Rungs.Count}: " : "";
        string done = waiting < progress.Trials.Count ? $", {progress.Trials.Count - waiting} of them done" : "";
        string epochs = progress.Rung.Epochs is { } until ? $" to epoch {until}" : "";
        yield return $"{rung}{Counted(progress.Trials.Count, "trial")}{epochs}{done}; "
            + $"{(share.Parallel == 1 ? "one" : share.Parallel)} at a time, with {Counted(share.Workers, "worker")}{(share.Parallel == 1 ? "" : " each")}";
    }

    /// <summary>trial 3 (learning-rate 0.001): validation accuracy 0.9712, loss 0.0981 after 5 epochs; place 2 of 4 so far.</summary>
    public static string TrialEnded(Trial trial, TrialResult result, TuningProgress progress)
    {
        string name = $"trial {trial.Number} ({trial.Title(progress.Plan.Axes)})";
        if (result.Failure is { } failure)
        {
            string next = progress.ReplacementOf(trial.Number) is { } replacement ? $"; trial {replacement} takes its place" : "";
            return $"{name} failed in epoch {result.Epochs + 1}: {failure}{next}";
        }

        Standing[] rung = [.. progress.Standings().Where(standing => standing.Result.Rung == result.Rung && standing.Result.Failure is null)];
        int place = Array.FindIndex(rung, standing => standing.Trial.Number == trial.Number) + 1;
        return $"{name}: validation accuracy {Figures.Accuracy(result.ValidationAccuracy)}, loss {Figures.Loss(result.ValidationLoss)} "
            + $"after {Counted(result.Epochs, "epoch")}" + (place > 0 ? $"; place {place} of {rung.Length} so far" : "");
    }

    private static string Decided(RungDecision decision)
    {
        int[] stopped = [.. decision.Order.Skip(decision.GoOn.Count)];
        string rest = stopped.Length == 0 ? "" : $"; {Named(stopped)} {(stopped.Length == 1 ? "stops" : "stop")}";
        return $"rung {decision.Rung} is done: {Named(decision.GoOn)} {(decision.GoOn.Count == 1 ? "goes" : "go")} on{rest}";
    }

    private static string Named(IReadOnlyList<int> trials) => trials.Count == 1
        ? $"trial {trials[0]}"
        : $"trials {string.Join(", ", trials.Take(trials.Count - 1))} and {trials[^1]}";

    private static string Counted(int count, string word) => count == 1 ? $"1 {word}" : $"{count} {word}s";
}
