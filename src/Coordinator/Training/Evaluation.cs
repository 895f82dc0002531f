using Distributed.Numerics;
using Distributed.Numerics.Models;

namespace Distributed.Coordinator.Training;

/// <summary>What weights achieve on samples, each of them once and dropout off.</summary>
public sealed class Evaluation
{
    private readonly int[] _correct;
    private readonly int[] _samples;

    /// <param name="sums">Over all samples, at least one.</param>
    /// <param name="correct">Correct answers by class.</param>
    /// <param name="samples">Samples by class.</param>
    public Evaluation(PartialStatistics sums, int[] correct, int[] samples)
    {
        Check.That(correct.Length == samples.Length);
        Check.That(correct.Sum() == sums.Correct);
        Check.That(samples.Sum() == sums.Samples);
        Sums = sums;
        _correct = correct;
        _samples = samples;
    }

    /// <summary>Over all samples.</summary>
    public PartialStatistics Sums { get; }

    /// <summary>Mean cross-entropy, natural logarithm.</summary>
    public double Loss => Sums.LossSum / Sums.Samples;

    /// <summary>Share of the samples that were answered correctly.</summary>
    public double Accuracy => (double)Sums.Correct / Sums.Samples;

    /// <summary>Likewise for the samples of each class; null for a class that has none.</summary>
    public IReadOnlyList<double?> ClassAccuracy =>
        [.. _correct.Zip(_samples, (correct, samples) => samples > 0 ? (double?)correct / samples : null)];
}
