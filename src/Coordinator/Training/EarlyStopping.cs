using Distributed.Numerics;

namespace Distributed.Coordinator.Training;

/// <summary>
/// Ends a run whose validation loss no longer falls, and keeps the weights of the epoch where it was lowest. Validation has the same bits however
/// many workers train, and so have its decisions.
/// </summary>
public sealed class EarlyStopping
{
    private readonly int _patience;

    /// <param name="patience">Epochs in a row without a lower loss after which the run ends, at least 1.</param>
    /// <param name="parameters">Parameters of the network.</param>
    public EarlyStopping(int patience, int parameters)
    {
        Check.That(patience >= 1);
        _patience = patience;
        BestWeights = new float[parameters];
    }

    /// <summary>The lowest loss so far; infinite before the first.</summary>
    public double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>Its epoch, from 1; 0 before there is one.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>Epochs since.</summary>
    public int Waited { get; private set; }

    /// <summary>The weights at the end of <see cref="BestEpoch"/>.</summary>
    public float[] BestWeights { get; }

    /// <summary>True when the run is to end.</summary>
    public bool ShouldStop => Waited >= _patience;

    /// <summary>Why, for people.</summary>
    public string Reason => FormattableString.Invariant(
        $"the validation loss has not fallen below {BestLoss:F4} for {Waited} epochs; the weights of epoch {BestEpoch}, which had it, are the result");

    /// <summary>An epoch was evaluated. A loss that is NaN is no improvement.</summary>
    /// <param name="epoch">From 1.</param>
    /// <param name="loss">Mean over the validation samples.</param>
    /// <param name="weights">At its end.</param>
    public void Observe(int epoch, double loss, ReadOnlySpan<float> weights)
    {
        Check.That(epoch > BestEpoch);
        if (loss < BestLoss)
        {
            (BestLoss, BestEpoch, Waited) = (loss, epoch, 0);
            weights.CopyTo(BestWeights);
        }
        else
        {
            Waited++;
        }
    }

    /// <summary>Goes on from where another one was.</summary>
    public void Restore(double bestLoss, int bestEpoch, int waited, ReadOnlySpan<float> bestWeights)
    {
        Check.That(bestWeights.Length == BestWeights.Length);
        Check.That(bestEpoch >= 1);
        Check.That(waited >= 0);
        (BestLoss, BestEpoch, Waited) = (bestLoss, bestEpoch, waited);
        bestWeights.CopyTo(BestWeights);
    }
}
