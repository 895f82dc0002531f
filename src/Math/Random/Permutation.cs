namespace Distributed.Numerics.Random;

/// <summary>The order of an epoch's samples.</summary>
public static class Permutation
{
    /// <summary>
    /// Fills <paramref name="order"/> with 0 … n-1 in the order of <paramref name="epoch"/>: Fisher and Yates' shuffle of the identity, a
    /// pure function of (seed, epoch, n).
    /// </summary>
    /// <param name="seed">The recipe's seed.</param>
    /// <param name="epoch">From 0.</param>
    /// <param name="order">One place per sample; what it held before does not matter.</param>
    public static void Shuffle(ulong seed, int epoch, Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Prng random = Prng.ForPermutation(seed, epoch);
        for (int last = order.Length - 1; last > 0; last--)
        {
            int chosen = random.NextInt32(last + 1);
            (order[last], order[chosen]) = (order[chosen], order[last]);
        }
    }
}
