using System.Buffers;
using System.Runtime.InteropServices;
using Distributed.Numerics;
using Distributed.Protocol.Wire.Messages;
using Google.Protobuf;
using Grpc.Core;

namespace Distributed.Protocol.Wire;

/// <summary>
/// Writes a control message followed by a tensor straight from a float buffer, and reads it back into one. On the wire it is an ordinary protobuf message,
/// so that any other gRPC program can read it.
/// </summary>
internal static class TensorCodec
{
    /// <summary>What was just copied is checked while it is in the processor's cache.</summary>
    private const int CacheBytes = 1 << 18;

    /// <summary>The header that stands before <paramref name="tensor"/>.</summary>
    internal static TensorHeader Header(ReadOnlySpan<float> tensor) =>
        new() { Floats = tensor.Length, Crc32C = TensorChecksum.Of(MemoryMarshal.AsBytes(tensor)) };

    /// <summary>Writes <paramref name="control"/> and, where there are any, <paramref name="tensor"/>'s bytes.</summary>
    internal static void Write(IMessage control, ReadOnlySpan<float> tensor, SerializationContext context)
    {
        Check.That(BitConverter.IsLittleEndian);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(tensor);
        int controlBytes = control.CalculateSize();
        int tensorBytes = bytes.IsEmpty ? 0 : 1 + CodedOutputStream.ComputeLengthSize(bytes.Length) + bytes.Length;
        context.SetPayloadLength(controlBytes + tensorBytes);
        IBufferWriter<byte> output = context.GetBufferWriter();
        control.WriteTo(output);
        if (!bytes.IsEmpty)
        {
            WriteTensor(bytes, output);
        }

        context.Complete();
    }

    /// <summary>Parses what <see cref="Write"/> wrote. The tensor is lent, as long as the payload is.</summary>
    internal static (T Control, ReadOnlySequence<byte>? Tensor) Read<T>(MessageParser<T> parser, in ReadOnlySequence<byte> payload, int controlBytesMax)
        where T : IMessage<T>
    {
        (ReadOnlySequence<byte> control, ReadOnlySequence<byte>? tensor) = FrameScan.Split(payload);
        if (control.Length > controlBytesMax)
        {
            throw new WireException($"a message has {control.Length} bytes beside its tensor; at most {controlBytesMax} are allowed.");
        }

        try
        {
            return (parser.ParseFrom(control), tensor);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new WireException($"a message cannot be read: {error.Message}");
        }
    }

    /// <summary>Copies <paramref name="tensor"/> into <paramref name="destination"/>, which has exactly its length, and checks it.</summary>
    /// <exception cref="WireException">The bytes are not those that were sent.</exception>
    internal static void CopyTensor(TensorHeader header, in ReadOnlySequence<byte> tensor, Span<float> destination)
    {
        Check.That(destination.Length == header.Floats);
        Check.That(tensor.Length == (long)header.Floats * sizeof(float));
        Span<byte> bytes = MemoryMarshal.AsBytes(destination);
        uint crc = uint.MaxValue;
        int copied = 0;
        int checkedBytes = 0;
        foreach (ReadOnlyMemory<byte> segment in tensor)
        {
            segment.Span.CopyTo(bytes[copied..]);
            copied += segment.Length;
            if (copied - checkedBytes >= CacheBytes || copied == bytes.Length)
            {
                crc = TensorChecksum.Append(crc, bytes[checkedBytes..copied]);
                checkedBytes = copied;
            }
        }

        crc ^= uint.MaxValue;
        if (crc != header.Crc32C)
        {
            throw new WireException($"a tensor has checksum {crc:x8}, but {header.Crc32C:x8} was sent with it: its bytes changed on the way.");
        }
    }

    /// <summary>Holds what the header says against the bytes that are there and <paramref name="floats"/>, which are expected.</summary>
    internal static void CheckLength(TensorHeader? header, in ReadOnlySequence<byte>? tensor, int floats)
    {
        if (header is null || tensor is null)
        {
            throw new WireException("a message that must carry a tensor has none.");
        }

        if (floats is < 1 or > ProtocolLimits.TensorFloatsMax || header.Floats != floats || tensor.Value.Length != (long)floats * sizeof(float))
        {
            throw new WireException(
                $"a tensor has {tensor.Value.Length} bytes and promises {header.Floats} floats; {floats} are expected.");
        }
    }

    private static void WriteTensor(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        Span<byte> start = output.GetSpan(6);
        start[0] = FrameScan.TensorTag;
        int written = 1;
        uint rest = (uint)bytes.Length;
        for (; rest >= 0x80; rest >>= 7)
        {
            start[written++] = (byte)(rest | 0x80);
        }

        start[written++] = (byte)rest;
        output.Advance(written);
        output.Write(bytes);
    }
}
