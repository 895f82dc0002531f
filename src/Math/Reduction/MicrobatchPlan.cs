namespace Distributed.Numerics.Reduction;

/// <summary>
/// How a minibatch is cut into microbatches: as evenly as possible, the longer ones first, none empty.
/// Depends on the minibatch size and the recipe alone, never on workers.
/// </summary>
public readonly record struct MicrobatchPlan
{
    /// <param name="samples">Samples in the minibatch, at least 1.</param>
    /// <param name="microbatches">Microbatches the recipe asks for, at least 1. A smaller minibatch has one per sample.</param>
    public MicrobatchPlan(int samples, int microbatches)
    {
        Check.That(samples >= 1);
        Check.That(microbatches >= 1);
        Samples = samples;
        Count = System.Math.Min(samples, microbatches);
    }

    /// <summary>Samples in the minibatch.</summary>
    public int Samples { get; }

    /// <summary>Microbatches in the minibatch, each with at least one sample.</summary>
    public int Count { get; }

    /// <summary>Position in the minibatch of the first sample of <paramref name="microbatch"/>; <see cref="Samples"/> for index <see cref="Count"/>.</summary>
    public int FirstSample(int microbatch)
    {
        Check.That((uint)microbatch <= (uint)Count);
        int shortest = Samples / Count;
        int longer = Samples % Count;
        return (microbatch * shortest) + System.Math.Min(microbatch, longer);
    }

    /// <summary>Samples in <paramref name="range"/>.</summary>
    public int SampleCount(MicrobatchRange range) => FirstSample(range.End) - FirstSample(range.First);
}
