using Distributed.Numerics;
using Distributed.Protocol;

namespace Distributed.Coordinator.Training;

/// <summary>
/// Ends a run whose validation no longer improves, and keeps the weights of the best epoch. Validation has the same bits however many workers
/// train, and so have its decisions.
/// </summary>
public sealed class EarlyStopping
{
    private readonly int _patience;

    /// <param name="patience">Epochs in a row without improvement after which the run ends, at least 1.</param>
    /// <param name="metric">What is to improve.</param>
    /// <param name="parameters">Parameters of the network.</param>
    public EarlyStopping(int patience, EarlyStoppingMetric metric, int parameters)
    {
        Check.That(patience >= 1);
        _patience = patience;
        Metric = metric;
        Best = metric == EarlyStoppingMetric.Loss ? double.PositiveInfinity : double.NegativeInfinity;
        BestWeights = new float[parameters];
    }

    /// <summary>What is to improve: the loss by falling, the accuracy by rising.</summary>
    public EarlyStoppingMetric Metric { get; }

    /// <summary>The best value so far; before the first, one that any other beats.</summary>
    public double Best { get; private set; }

    /// <summary>Its epoch, from 1, the first of equals; 0 before there is one.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>Epochs since.</summary>
    public int Waited { get; private set; }

    /// <summary>The weights at the end of <see cref="BestEpoch"/>.</summary>
    public float[] BestWeights { get; }

    /// <summary>True when the run is to end.</summary>
    public bool ShouldStop => Waited >= _patience;

    /// <summary>Why, for people.</summary>
    public string Reason => FormattableString.Invariant(
        $"the validation {Progress} {Best:F4} for {Waited} epochs; the weights of epoch {BestEpoch}, which had it, are the result");

    private string Progress => Metric == EarlyStoppingMetric.Loss ? "loss has not fallen below" : "accuracy has not risen above";

    /// <summary>An epoch was evaluated. A value that is NaN is no improvement.</summary>
    /// <param name="epoch">From 1.</param>
    /// <param name="validation">Of the validation samples.</param>
    /// <param name="weights">At its end.</param>
    public void Observe(int epoch, Evaluation validation, ReadOnlySpan<float> weights)
    {
        Check.That(epoch > BestEpoch);
        double value = Metric == EarlyStoppingMetric.Loss ? validation.Loss : validation.Accuracy;
        if (Metric == EarlyStoppingMetric.Loss ? value < Best : value > Best)
        {
            (Best, BestEpoch, Waited) = (value, epoch, 0);
            weights.CopyTo(BestWeights);
        }
        else
        {
            Waited++;
        }
    }

    /// <summary>Goes on from where another one with the same metric was.</summary>
    public void Restore(double best, int bestEpoch, int waited, ReadOnlySpan<float> bestWeights)
    {
        Check.That(bestWeights.Length == BestWeights.Length);
        Check.That(bestEpoch >= 1);
        Check.That(waited >= 0);
        (Best, BestEpoch, Waited) = (best, bestEpoch, waited);
        bestWeights.CopyTo(BestWeights);
    }
}
