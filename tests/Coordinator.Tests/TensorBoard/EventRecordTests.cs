using System.Buffers.Binary;
using Distributed.Coordinator.TensorBoard;
using Distributed.Coordinator.TensorBoard.Messages;

namespace Distributed.Coordinator.Tests.TensorBoard;

public sealed class EventRecordTests
{
    private static readonly Event Sample = new()
    {
        WallTime = 1.5,
        Step = 300,
        Summary = new Summary { Value = { new Summary.Types.Value { Tag = "loss/train", SimpleValue = 0.25f } } },
    };

    [Fact]
    public void Comes_back_as_it_was_and_the_stream_stands_behind_it()
    {
        byte[] record = EventRecord.Encode(Sample);
        using var stream = new MemoryStream([.. record, .. record]);
        Assert.Equal(Sample, EventRecord.TryRead(stream));
        Assert.Equal(record.Length, stream.Position);
        Assert.Equal(Sample, EventRecord.TryRead(stream));
        Assert.Null(EventRecord.TryRead(stream));
    }

    [Fact]
    public void Every_torn_prefix_and_every_flipped_bit_is_noticed()
    {
        byte[] record = EventRecord.Encode(Sample);
        for (int length = 0; length < record.Length; length++)
        {
            Assert.Null(EventRecord.TryRead(new MemoryStream(record[..length])));
        }

        for (int bit = 0; bit < 8 * record.Length; bit++)
        {
            byte[] rotten = [.. record];
            rotten[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(EventRecord.TryRead(new MemoryStream(rotten)));
        }
    }

    [Fact]
    public void A_length_that_nothing_here_writes_takes_no_memory()
    {
        byte[] header = new byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(header, 1L << 40);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), MaskedCrc.Of(header.AsSpan(0, 8)));
        Assert.Null(EventRecord.TryRead(new MemoryStream(header)));
    }

    [Fact]
    public void Content_that_is_no_event_is_refused_even_with_the_right_checksums()
    {
        byte[] content = [0xFF, 0xFF, 0xFF];
        byte[] record = new byte[12 + content.Length + 4];
        record[0] = (byte)content.Length;
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), MaskedCrc.Of(record.AsSpan(0, 8)));
        content.CopyTo(record, 12);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + content.Length), MaskedCrc.Of(content));
        Assert.Null(EventRecord.TryRead(new MemoryStream(record)));
    }
}
