using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Grpc.Core.Wire;

/// <summary>
/// Cuts a byte stream into messages. A message is deserialized from the transport's own buffers once all of it is there;
/// memory grows with the bytes that arrived, never with the length that a peer merely claims.
/// </summary>
internal sealed class MessageReader<T>(
    PipeReader input, Func<DeserializationContext, T> deserialize, MessageLimit limit, Func<string?> encoding)
    where T : class
{
    private static readonly Metadata AcceptIdentity = new() { { "grpc-accept-encoding", "identity" } };

    private readonly ReceivedMessage _message = new();

    /// <summary>The next message, or null at the end of the stream.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<T?> ReadAsync(CancellationToken cancellationToken)
    {
        int neededBytes = MessageHeader.Bytes;
        while (true)
        {
            ReadResult result = await input.ReadAtLeastAsync(neededBytes, cancellationToken).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            SequencePosition consumed = buffer.Start;
            SequencePosition examined = buffer.End;
            try
            {
                if (result.IsCanceled)
                    throw new OperationCanceledException("The read of a message was cancelled.");
                if (TryParse(buffer, ref neededBytes, out T? message, out SequencePosition end))
                {
                    consumed = examined = end;
                    return message;
                }
                if (result.IsCompleted)
                    return buffer.IsEmpty ? null : throw Incomplete(buffer.Length, neededBytes);
            }
            finally
            {
                input.AdvanceTo(consumed, examined);
            }
        }
    }

    /// <summary>Of a call with one message: that message, which must be followed by the end of the stream; null when there is none.</summary>
    public async ValueTask<T?> ReadSingleAsync(CancellationToken cancellationToken)
    {
        T? message = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (message is not null && await ReadAsync(cancellationToken).ConfigureAwait(false) is not null)
            throw new RpcException(new Status(StatusCode.Internal, "Additional data after the message received."));
        return message;
    }

    /// <summary>Gives the transport's buffers back. No read may be running.</summary>
    public void Complete() => input.Complete();

    private bool TryParse(in ReadOnlySequence<byte> buffer, ref int neededBytes, out T? message, out SequencePosition end)
    {
        message = null;
        end = buffer.Start;
        if (buffer.Length < MessageHeader.Bytes)
            return false;
        (bool isCompressed, uint payloadBytes) = MessageHeader.Read(buffer);
        limit.CheckReceived(payloadBytes);
        if (isCompressed)
            throw Compressed(encoding());
        neededBytes = MessageHeader.Bytes + (int)payloadBytes;
        if (buffer.Length < neededBytes)
            return false;
        _message.Payload = buffer.Slice(MessageHeader.Bytes, payloadBytes);
        end = _message.Payload.End;
        message = deserialize(_message);
        _message.Payload = default;
        return true;
    }

    private static RpcException Incomplete(long bytes, int neededBytes) => new(new Status(
        StatusCode.Internal, $"Incomplete message: the stream ended after {bytes} of {neededBytes} bytes."));

    private static RpcException Compressed(string? encoding) => encoding is null or "identity"
        ? new(new Status(StatusCode.Internal, $"A message is marked compressed, but grpc-encoding is {encoding ?? "missing"}."))
        : new(new Status(StatusCode.Unimplemented, $"Unsupported grpc-encoding value '{encoding}'. Supported encodings: identity"), AcceptIdentity);
}
