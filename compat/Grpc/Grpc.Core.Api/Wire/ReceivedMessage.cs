using System.Buffers;

namespace Grpc.Core.Wire;

/// <summary>Lends a received payload to a deserializer, straight from the transport's buffers.</summary>
internal sealed class ReceivedMessage : DeserializationContext
{
    public ReadOnlySequence<byte> Payload { get; set; }

    public override int PayloadLength => checked((int)Payload.Length);

    public override byte[] PayloadAsNewBuffer() => Payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => Payload;
}
