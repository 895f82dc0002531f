using Distributed.Numerics;
using Distributed.Numerics.Random;
using Distributed.Protocol;

namespace Distributed.Coordinator.Training;

/// <summary>
/// Which microbatches are computed twice: a pure function of (seed, step, fraction), so that a resumed run audits the same ones.
/// Auditing cannot change a bit of
/// the weights: it only decides who computes what.
/// </summary>
public sealed class AuditPlan
{
    /// <summary>Keeps the draws apart from other auxiliary streams of the same seed.</summary>
    private const ulong Salt = 0x6175646974; // "audit"

    private readonly ulong _seed;
    private readonly double _fraction;

    /// <param name="seed">The recipe's.</param>
    /// <param name="fraction">The share of microbatches to audit, 0 to 1.</param>
    public AuditPlan(ulong seed, double fraction)
    {
        Check.That(fraction >= 0);
        Check.That(fraction <= 1);
        _seed = seed ^ Salt;
        _fraction = fraction;
    }

    /// <summary>Adds the audited ones of <paramref name="step"/>'s <paramref name="count"/> microbatches to <paramref name="audited"/>, in order.</summary>
    public void Draw(StepNumber step, int count, List<int> audited)
    {
        if (_fraction == 0)
        {
            return;
        }

        Prng random = Prng.ForAuxiliary(_seed, step.Value);
        for (int microbatch = 0; microbatch < count; microbatch++)
        {
            if (random.NextDouble() < _fraction)
            {
                audited.Add(microbatch);
            }
        }
    }
}
