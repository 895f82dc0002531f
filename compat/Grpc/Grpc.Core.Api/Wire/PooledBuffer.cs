using System.Buffers;

namespace Grpc.Core.Wire;

/// <summary>A growing buffer of rented memory, for a message whose length is known only once it is written.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>
{
    private const int FirstBytes = 4096;

    private byte[] _bytes = [];
    private int _count;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _count);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - _count);
        _count += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureFree(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Gives the memory back; the buffer is empty and usable again.</summary>
    public void Release()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _count = 0;
    }

    private void EnsureFree(int bytes)
    {
        if (_bytes.Length - _count >= bytes)
            return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_count + bytes), Math.Max(FirstBytes, 2 * _count)));
        Written.CopyTo(larger);
        int count = _count;
        Release();
        (_bytes, _count) = (larger, count);
    }
}
