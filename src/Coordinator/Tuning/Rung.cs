using Distributed.Numerics;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tuning;

/// <summary>A stage of a tuning: so many trials are trained so far, and the best of them go on to the next rung.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Epochs">Epochs from the trial's beginning; null for the last rung, which trains each trial to its recipe's end.</param>
/// <param name="Trials">Trials in it, at most: of those before, only what did not fail can go on.</param>
public sealed record Rung(int Number, int? Epochs, int Trials)
{
    /// <summary>The factor of halving unless told otherwise.</summary>
    public const int FactorDefault = 3;

    /// <summary>Where that many epochs of <paramref name="trial"/> end.</summary>
    public int EpochsOf(Trial trial) => Epochs ?? trial.Recipe.Epochs;

    /// <summary>One rung with all trials.</summary>
    public static IReadOnlyList<Rung> Single(int trials) => [new Rung(1, null, trials)];

    /// <summary>
    /// Successive halving (Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", 2016): each rung trains
    /// <paramref name="factor"/> times as many epochs as the one before, and takes over the best of its trials, one in <paramref name="factor"/>.
    /// There are as many rungs as trials and epochs allow.
    /// </summary>
    /// <exception cref="InputException">They allow only one.</exception>
    public static IReadOnlyList<Rung> Halving(int trials, int epochs, int factor)
    {
        Check.That(factor >= 2);
        int steps = Math.Min(WholeLogarithm(trials, factor), WholeLogarithm(epochs, factor));
        if (steps == 0)
        {
            throw new InputException(
                $"--halving has no effect on {Counted(trials, "trial")} of {Counted(epochs, "epoch")}: keeping one in {factor} takes at least "
                    + $"{factor} trials of {factor} epochs; leave it out, or add to what there is too little of"
            );
        }

        var rungs = new List<Rung>();
        int left = trials;
        for (int step = 0; step <= steps; step++)
        {
            rungs.Add(new Rung(step + 1, step == steps ? null : epochs / Power(factor, steps - step), left));
            left = ((left - 1) / factor) + 1;
        }

        return rungs;
    }

    private static string Counted(int count, string word) => count == 1 ? $"1 {word}" : $"{count} {word}s";

    private static int WholeLogarithm(int value, int factor)
    {
        int logarithm = 0;
        for (; value >= factor; value /= factor)
        {
            logarithm++;
        }

        return logarithm;
    }

    private static int Power(int factor, int exponent)
    {
        int power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power *= factor;
        }

        return power;
    }
}
