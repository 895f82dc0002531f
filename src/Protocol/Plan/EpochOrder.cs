using Distributed.Numerics;
using Distributed.Numerics.Random;

namespace Distributed.Protocol.Plan;

/// <summary>
/// The order in which an epoch visits the training samples: a pure function of (seed, epoch), so that any process can compute it
/// and none needs to be told. The last epoch asked for is kept.
/// </summary>
public sealed class EpochOrder
{
    private readonly int[] _training;
    private readonly int[] _order;
    private readonly ulong _seed;
    private int _epoch = -1;

    /// <param name="training">Dataset indices of the training samples, in file order.</param>
    /// <param name="seed">The recipe's seed.</param>
    public EpochOrder(int[] training, ulong seed)
    {
        Check.That(training.Length >= 1);
        _training = training;
        _order = new int[training.Length];
        _seed = seed;
    }

    /// <summary>Dataset indices in the order of <paramref name="epoch"/> (from 0). Valid until another epoch is asked for.</summary>
    public int[] Of(int epoch)
    {
        Check.That(epoch >= 0);
        if (epoch != _epoch)
        {
            Permutation.Shuffle(_seed, epoch, _order);
            for (int i = 0; i < _order.Length; i++)
            {
                _order[i] = _training[_order[i]];
            }

            _epoch = epoch;
        }

        return _order;
    }
}
