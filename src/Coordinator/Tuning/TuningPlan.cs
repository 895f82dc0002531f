using Distributed.Protocol;

namespace Distributed.Coordinator.Tuning;

/// <summary>What a tuning is asked for. The recipe's seed draws the trials.</summary>
/// <param name="Recipe">What the axes leave as it is.</param>
/// <param name="Grid">The axes, as a person wrote them.</param>
/// <param name="Random">Trials to draw; null for every point of the grid.</param>
/// <param name="HalvingFactor">One trial in so many goes on; null where every trial is trained to its end.</param>
/// <param name="Metric">What trials are ranked by.</param>
public sealed record TuningRequest(Recipe Recipe, IReadOnlyList<string> Grid, int? Random, int? HalvingFactor, TuningMetric Metric);

/// <summary>What a tuning does: a pure function of what it was asked for.</summary>
/// <param name="Axes">In the order they were given.</param>
/// <param name="Trials">Trial N is at N - 1.</param>
/// <param name="Rungs">At least one.</param>
/// <param name="Metric">What trials are ranked by.</param>
public sealed record TuningPlan(IReadOnlyList<GridAxis> Axes, IReadOnlyList<Trial> Trials, IReadOnlyList<Rung> Rungs, TuningMetric Metric)
{
    /// <summary>The plan for <paramref name="request"/>.</summary>
    /// <exception cref="InputException">It cannot be met.</exception>
    public static TuningPlan For(TuningRequest request)
    {
        IReadOnlyList<GridAxis> axes = GridAxisReader.Read(request.Grid, request.Recipe);
        IReadOnlyList<Trial> trials = request.Random is { } count
            ? TrialList.Draw(request.Recipe, axes, count)
            : TrialList.Grid(request.Recipe, axes);
        if (request.HalvingFactor is not { } factor)
        {
            return new TuningPlan(axes, trials, Rung.Single(trials.Count), request.Metric);
        }

        return axes.Any(axis => axis.Key == "epochs")
            ? throw new InputException("--halving and --grid epochs do not go together: rungs are counted in epochs; leave one out")
            : new TuningPlan(axes, trials, Rung.Halving(trials.Count, request.Recipe.Epochs, factor), request.Metric);
    }

    /// <summary>The trial of that number.</summary>
    public Trial Trial(int number) => Trials[number - 1];
}
