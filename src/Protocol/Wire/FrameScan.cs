using System.Buffers;

namespace Distributed.Protocol.Wire;

/// <summary>
/// Splits the protobuf bytes of a message into what stands before its tensor, and the tensor, without copying either.
/// A tensor is field 15, of the type bytes, and the last field.
/// </summary>
internal static class FrameScan
{
    /// <summary>Field 15, length-delimited.</summary>
    internal const byte TensorTag = (15 << 3) | 2;

    private const int VarintBytesMax = 10;

    /// <summary>The bytes before the tensor, and the tensor's; null where there is none.</summary>
    /// <exception cref="WireException">The bytes are no protobuf message, or something follows the tensor.</exception>
    internal static (ReadOnlySequence<byte> Control, ReadOnlySequence<byte>? Tensor) Split(in ReadOnlySequence<byte> message)
    {
        var reader = new SequenceReader<byte>(message);
        while (!reader.End)
        {
            SequencePosition field = reader.Position;
            ulong tag = ReadVarint(ref reader);
            if (tag == TensorTag)
            {
                return (message.Slice(0, field), ReadTensor(ref reader));
            }

            Skip(ref reader, tag);
        }

        return (message, null);
    }

    private static ReadOnlySequence<byte> ReadTensor(ref SequenceReader<byte> reader)
    {
        ulong length = ReadVarint(ref reader);
        return length == (ulong)reader.Remaining
            ? reader.UnreadSequence
            : throw new WireException($"a message promises a tensor of {length} bytes and has {reader.Remaining} bytes left.");
    }

    private static void Skip(ref SequenceReader<byte> reader, ulong tag)
    {
        ulong bytes = (tag & 7) switch
        {
            0 => SkipVarint(ref reader),
            1 => 8,
            2 => ReadVarint(ref reader),
            5 => 4,
            _ => throw new WireException($"a message has a field of type {tag & 7}, which there is not."),
        };
        if (bytes > (ulong)reader.Remaining)
        {
            throw new WireException($"a message promises {bytes} more bytes and has {reader.Remaining}.");
        }

        reader.Advance((long)bytes);
    }

    private static ulong SkipVarint(ref SequenceReader<byte> reader)
    {
        ReadVarint(ref reader);
        return 0;
    }

    private static ulong ReadVarint(ref SequenceReader<byte> reader)
    {
        ulong value = 0;
        for (int i = 0; i < VarintBytesMax; i++)
        {
            if (!reader.TryRead(out byte next))
            {
                throw new WireException("a message ends in the middle of a number.");
            }

            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new WireException("a message has a number of more than ten bytes.");
    }
}
