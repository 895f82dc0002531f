using Distributed.Numerics;

namespace Distributed.Coordinator.Data;

/// <summary>The values of an array behind its header, a chunk at a time.</summary>
/// <param name="source">Stands at the first value.</param>
/// <param name="header">What the array declared.</param>
/// <param name="count">Values to read.</param>
public sealed class NpyValues(ByteSource source, NpyHeader header, long count)
{
    /// <summary>The most values of one chunk.</summary>
    public const int ChunkValues = 1 << 12;

    private readonly byte[] _stored = new byte[ChunkValues * header.Type.Bytes];
    private readonly double[] _values = new double[ChunkValues];
    private long _read;

    /// <summary>Reads the next values; false after the last. The span is valid until the next call.</summary>
    /// <param name="first">Index in the array of the first value read.</param>
    /// <param name="values">The values.</param>
    public bool TryRead(out long first, out ReadOnlySpan<double> values)
    {
        int length = (int)Math.Min(ChunkValues, count - _read);
        Check.That(length >= 0);
        Span<byte> stored = _stored.AsSpan(0, length * header.Type.Bytes);
        source.Fill(stored, $"the array of shape {header.ShapeText}");
        header.Type.Decode(stored, _values.AsSpan(0, length));
        first = _read;
        values = _values.AsSpan(0, length);
        _read += length;
        return length > 0;
    }
}
