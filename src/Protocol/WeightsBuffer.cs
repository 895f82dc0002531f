using Distributed.Numerics;

namespace Distributed.Protocol;

/// <summary>
/// The weights a process computes with, and which version they are. One writer changes them between steps; a reader that saw the same version
/// before and after its computation computed with exactly that version, and any other result is to be thrown away.
/// </summary>
public sealed class WeightsBuffer
{
    /// <summary>The version of weights that are being written, or never were.</summary>
    public const int BeingWritten = -1;

    private readonly Memory<float> _values;
    private readonly Memory<int> _version;
    private WeightsBuffer? _mirror;

    /// <param name="values">Where the parameters lie.</param>
    public WeightsBuffer(Memory<float> values)
        : this(values, new[] { BeingWritten })
    {
    }

    /// <param name="values">Where the parameters lie: an array, or memory shared with another process.</param>
    /// <param name="version">Where the one number lies that says which version they are; shared likewise.</param>
    public WeightsBuffer(Memory<float> values, Memory<int> version)
    {
        Check.That(version.Length == 1);
        _values = values;
        _version = version;
    }

    /// <summary>The parameters, in layout order.</summary>
    public Span<float> Values => _values.Span;

    /// <summary>True when the buffer holds exactly <paramref name="version"/>, whole.</summary>
    public bool Holds(WeightsVersion version)
    {
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref _version.Span[0]) == version.Value;
    }

    /// <summary>
    /// From the next version on <paramref name="mirror"/> holds the same as this buffer: what the writer changes is copied there a part at a time, while it
    /// is in the cache. Null ends that. Call between two versions.
    /// </summary>
    public void MirrorTo(WeightsBuffer? mirror)
    {
        if (mirror is not null)
        {
            mirror.BeginWrite();
            Values.CopyTo(mirror.Values);
        }

        _mirror = mirror;
    }

    /// <summary>The writer is about to change the values: from now on they are no version.</summary>
    public void BeginWrite()
    {
        _mirror?.BeginWrite();
        Volatile.Write(ref _version.Span[0], BeingWritten);
        Interlocked.MemoryBarrier();
    }

    /// <summary>
    /// Values <paramref name="start"/> … <paramref name="start"/>+<paramref name="count"/>-1 are as they shall be. Any thread that writes may say so.
    /// </summary>
    public void Written(int start, int count)
    {
        if (_mirror is { } mirror)
        {
            Values.Slice(start, count).CopyTo(mirror.Values[start..]);
        }
    }

    /// <summary>The values are now <paramref name="version"/>.</summary>
    public void EndWrite(WeightsVersion version)
    {
        Check.That(version.Value >= 0);
        Volatile.Write(ref _version.Span[0], version.Value);
        _mirror?.EndWrite(version);
    }
}
