namespace Distributed.Numerics.Reduction;

/// <summary>Microbatches <paramref name="First"/> … <paramref name="First"/>+<paramref name="Count"/>-1 of one minibatch.</summary>
public readonly record struct MicrobatchRange(int First, int Count)
{
    /// <summary>The first index after the range.</summary>
    public int End => First + Count;

    /// <inheritdoc/>
    public override string ToString() => Count == 1 ? $"{First}" : $"{First}-{End - 1}";
}
