using Distributed.Numerics;

namespace Distributed.Protocol;

/// <summary>
/// The weights a process computes with, and which version they are. One writer changes them between steps; a reader that saw the same version
/// before and after its computation computed with exactly that version, and any other result is to be thrown away.
/// </summary>
/// <param name="memory">Where the parameters lie: an array, or memory shared with another process.</param>
public sealed class WeightsBuffer(Memory<float> memory)
{
    private const int BeingWritten = -1;
    private int _version = BeingWritten;

    /// <summary>The parameters, in layout order.</summary>
    public Span<float> Values => memory.Span;

    /// <summary>True when the buffer holds exactly <paramref name="version"/>, whole.</summary>
    public bool Holds(WeightsVersion version)
    {
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref _version) == version.Value;
    }

    /// <summary>The writer is about to change the values: from now on they are no version.</summary>
    public void BeginWrite()
    {
        Volatile.Write(ref _version, BeingWritten);
        Interlocked.MemoryBarrier();
    }

    /// <summary>The values are now <paramref name="version"/>.</summary>
    public void EndWrite(WeightsVersion version)
    {
        Check.That(version.Value >= 0);
        Volatile.Write(ref _version, version.Value);
    }
}
