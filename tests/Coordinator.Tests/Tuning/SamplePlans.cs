using Distributed.Coordinator.Recipes;
using Distributed.Coordinator.Tuning;
using FsCheck;
using FsCheck.Fluent;

namespace Distributed.Coordinator.Tests.Tuning;

/// <summary>Plans to try things on, and results for them.</summary>
internal static class SamplePlans
{
    internal static TuningPlan Of(string[] grid, int? random = null, int? halving = null, int epochs = 9, TuningMetric metric = default) =>
        TuningPlan.For(new TuningRequest(
            RecipeCatalog.BuiltIn("adam-mlp") with { Epochs = epochs }, grid, random, halving, metric));

    internal static TuningPlan OfSeeds(int trials, int? halving = null, int epochs = 9, TuningMetric metric = default) =>
        Of([$"seed={string.Join(',', Enumerable.Range(1, trials))}"], null, halving, epochs, metric);

    /// <summary>Plans with and without halving.</summary>
    internal static Gen<TuningPlan> Plans { get; } =
        from trials in Gen.Choose(1, 30)
        from factor in Gen.Choose(1, 4)
        from epochs in Gen.Choose(1, 30)
        from metric in Gen.Elements(TuningMetric.ValidationAccuracy, TuningMetric.ValidationLoss)
        select OfSeeds(trials, factor >= 2 && trials >= factor && epochs >= factor ? factor : null, epochs, metric);

    /// <summary>
    /// What a trial comes to, as a pure function of an opinion, the trial and the rung: few different figures, so that ties are common; now and then a
    /// failure or an early end.
    /// </summary>
    internal static TrialResult Result(TuningPlan plan, Rung rung, Trial trial, int opinion)
    {
        uint hash = unchecked((uint)HashOf(opinion, rung.Number, trial.Number));
        int end = rung.EpochsOf(trial);
        int epochs = hash % 11 == 1 ? Math.Max(1, end - 1) : end;
        var result = new TrialResult
        {
            Trial = trial.Number,
            Rung = rung.Number,
            Epochs = epochs,
            ValidationAccuracy = hash / 16 % 7 / 8.0,
            ValidationLoss = hash / 256 % 5 / 4.0,
            IsComplete = epochs < end || end == trial.Recipe.Epochs,
            WeightsDigest = $"{hash:x64}",
        };
        return hash % 11 == 0 ? result with { Failure = "it diverged", Epochs = epochs - 1 } : result;
    }

    private static int HashOf(int a, int b, int c)
    {
        unchecked
        {
            int hash = (((a * 31) + b) * 1_000_003) + (c * 7_919);
            hash ^= hash >>> 15;
            hash *= 0x2C1B3C6D;
            return hash ^ (hash >>> 13);
        }
    }
}
