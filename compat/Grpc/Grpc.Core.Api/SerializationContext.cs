using System.Buffers;

namespace Grpc.Core;

/// <summary>
/// Where a serializer puts one message: <see cref="Complete(byte[])"/> with an array, or
/// <see cref="SetPayloadLength"/>, <see cref="GetBufferWriter"/> and <see cref="Complete()"/> to write in place.
/// </summary>
public abstract class SerializationContext
{
    public virtual void Complete(byte[] payload) => throw new NotSupportedException();

    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotSupportedException();

    /// <summary>Said before <see cref="GetBufferWriter"/>, it lets the message be written without an intermediate buffer.</summary>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    public virtual void Complete() => throw new NotSupportedException();
}
