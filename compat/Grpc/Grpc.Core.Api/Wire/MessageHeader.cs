using System.Buffers;
using System.Buffers.Binary;

namespace Grpc.Core.Wire;

/// <summary>
/// The five bytes before each message: one for the compression flag, four for the payload's length, big-endian
/// ("Length-Prefixed-Message" in the gRPC over HTTP/2 specification).
/// </summary>
internal static class MessageHeader
{
    public const int Bytes = 5;

    /// <summary>The largest payload that still fits one sequence with an int length, header included.</summary>
    public const int PayloadBytesMax = int.MaxValue - Bytes;

    public static void Write(IBufferWriter<byte> output, int payloadBytes)
    {
        Span<byte> header = output.GetSpan(Bytes);
        header[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(header[1..], (uint)payloadBytes);
        output.Advance(Bytes);
    }

    /// <summary>Needs at least <see cref="Bytes"/> bytes.</summary>
    public static (bool IsCompressed, uint PayloadBytes) Read(in ReadOnlySequence<byte> buffer)
    {
        Span<byte> header = stackalloc byte[Bytes];
        buffer.Slice(0, Bytes).CopyTo(header);
        if (header[0] > 1)
            throw new RpcException(new Status(StatusCode.Internal, $"The compression flag of a message must be 0 or 1, not {header[0]}."));
        return (header[0] == 1, BinaryPrimitives.ReadUInt32BigEndian(header[1..]));
    }
}
