namespace Distributed.Numerics.Ranges;

/// <summary>A pass over many elements, each of which is computed on its own: where it is cut, and who computes a part, cannot change a bit.</summary>
public interface IRangePass
{
    /// <summary>
    /// Does elements <paramref name="start"/> … <paramref name="start"/>+<paramref name="count"/>-1. Any thread may call it, each for other elements.
    /// </summary>
    void Run(int start, int count);
}
