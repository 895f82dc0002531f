namespace Distributed.Coordinator.Tuning;

/// <summary>Who goes on after a rung, and who does not.</summary>
/// <param name="Rung">Its number.</param>
/// <param name="Epochs">Epochs it trained.</param>
/// <param name="Order">Its trials that did not fail, the best first.</param>
/// <param name="GoOn">The first of them; where one of these fails later, the next steps in.</param>
/// <param name="Trials">Its trials in all.</param>
public sealed record RungDecision(int Rung, int Epochs, IReadOnlyList<int> Order, IReadOnlyList<int> GoOn, int Trials)
{
    /// <summary>The best <paramref name="keep"/> go on; a trial that failed does not, however few are left.</summary>
    public static RungDecision Of(Rung rung, IReadOnlyCollection<TrialResult> results, TuningMetric metric, int keep)
    {
        int[] order = [.. metric.Order(results).Select(result => result.Trial)];
        return new RungDecision(rung.Number, rung.Epochs!.Value, order, [.. order.Take(keep)], results.Count);
    }

    /// <summary>The best that does not go on, or null.</summary>
    public int? NextBest => GoOn.Count < Order.Count ? Order[GoOn.Count] : null;

    /// <summary>The same with the next best going on too.</summary>
    public RungDecision WithNextBest() => this with { GoOn = [.. Order.Take(GoOn.Count + 1)] };

    /// <summary>Why <paramref name="trial"/> was left behind; null where it was not.</summary>
    public string? Stopped(int trial)
    {
        int place = Order.ToList().IndexOf(trial) + 1;
        return place > GoOn.Count
            ? $"stopped after {Epochs} {(Epochs == 1 ? "epoch" : "epochs")}: place {place} of {Trials}, and {GoOn.Count} went on"
            : null;
    }
}
