using Distributed.Numerics;

namespace Distributed.Coordinator.Reports;

/// <summary>Keeps the mistakes that the network was surest of. The result does not depend on the order in which they are offered.</summary>
public sealed class MisreadSelection
{
    /// <summary>Mistakes that a report shows.</summary>
    public const int CountDefault = 12;

    private readonly int count;
    private readonly SortedSet<Misread> worst = new(Comparer<Misread>.Create(Compare));

    /// <param name="count">How many to keep.</param>
    public MisreadSelection(int count = CountDefault)
    {
        Check.That(count >= 1);
        this.count = count;
    }

    /// <summary>The kept ones, surest first.</summary>
    public IReadOnlyList<Misread> Worst => [.. worst];

    /// <summary>Takes a sample's outcome; one that was classified correctly is passed over.</summary>
    public void Offer(Misread sample)
    {
        if (sample.Label == sample.Prediction)
        {
            return;
        }

        worst.Add(sample);
        if (worst.Count > count)
        {
            worst.Remove(worst.Max);
        }
    }

    private static int Compare(Misread left, Misread right)
    {
        int byProbability = right.Probability.CompareTo(left.Probability);
        return byProbability != 0 ? byProbability : left.Index.CompareTo(right.Index);
    }
}
