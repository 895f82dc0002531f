using Distributed.Protocol.Wire.Messages;
using Grpc.Core;

namespace Distributed.Worker;

/// <summary>The chunks of a dataset as one stream of bytes, read in order, by a thread that may wait.</summary>
internal sealed class ChunkStream(IAsyncStreamReader<DatasetChunk> chunks, CancellationToken stop) : Stream
{
    private ReadOnlyMemory<byte> _rest;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (_rest.IsEmpty)
        {
            if (!chunks.MoveNext(stop).GetAwaiter().GetResult())
            {
                return 0;
            }

            _rest = chunks.Current.Data.Memory;
        }

        int count = Math.Min(buffer.Length, _rest.Length);
        _rest.Span[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
