using System.Buffers.Binary;
using Distributed.Coordinator.TensorBoard.Messages;
using Google.Protobuf;

namespace Distributed.Coordinator.TensorBoard;

/// <summary>
/// One event in TensorFlow's record format: length (8 bytes, little-endian), its checksum (4), the event, its checksum (4). The checksums
/// are those of <see cref="MaskedCrc"/>.
/// </summary>
internal static class EventRecord
{
    private const int LengthBytes = sizeof(ulong);
    private const int ChecksumBytes = sizeof(uint);
    private const int HeaderBytes = LengthBytes + ChecksumBytes;

    /// <summary>More than any event written here; what claims to be longer is damage.</summary>
    private const int EventBytesMax = 16 << 20;

    public static byte[] Encode(Event message)
    {
        int length = message.CalculateSize();
        byte[] record = new byte[HeaderBytes + length + ChecksumBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(LengthBytes), MaskedCrc.Of(record.AsSpan(0, LengthBytes)));
        Span<byte> content = record.AsSpan(HeaderBytes, length);
        message.WriteTo(content);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(HeaderBytes + length), MaskedCrc.Of(content));
        return record;
    }

    /// <summary>
    /// Reads the next event; null at the end and where a record is torn or damaged, since nothing behind it can be found.
    /// </summary>
    public static Event? TryRead(Stream stream)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (!TryFill(stream, header) || !Matches(header[..LengthBytes], header[LengthBytes..]))
        {
            return null;
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(header);
        if (length > EventBytesMax)
        {
            return null;
        }

        byte[] content = new byte[(int)length + ChecksumBytes];
        return TryFill(stream, content) && Matches(content.AsSpan(0, (int)length), content.AsSpan((int)length))
            ? TryParse(content.AsSpan(0, (int)length))
            : null;
    }

    private static Event? TryParse(ReadOnlySpan<byte> content)
    {
        try
        {
            return Event.Parser.ParseFrom(content);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static bool TryFill(Stream stream, Span<byte> bytes) =>
        stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;

    private static bool Matches(ReadOnlySpan<byte> content, ReadOnlySpan<byte> checksum) =>
        MaskedCrc.Of(content) == BinaryPrimitives.ReadUInt32LittleEndian(checksum);
}
