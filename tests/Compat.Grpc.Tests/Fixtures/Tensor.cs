using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Grpc.Core;

namespace Distributed.Compat.Grpc.Tests.Fixtures;

/// <summary>
/// A numbered message of floats in rented memory. On the wire: the number (8 bytes) and the floats, little-endian.
/// The sender writes the floats into the transport's buffers and the receiver reads them out of those into rented memory:
/// no byte[] of a message exists on either side.
/// </summary>
internal sealed class Tensor : IDisposable
{
    private const int NumberBytes = sizeof(long);

    private float[] _values;

    public Tensor(long number, int count)
    {
        (Number, Count) = (number, count);
        _values = ArrayPool<float>.Shared.Rent(count);
    }

    public static Marshaller<Tensor> Marshaller { get; } = Marshallers.Create(Write, Read);

    public long Number { get; }

    public int Count { get; }

    public Span<float> Values => _values.AsSpan(0, Count);

    public void Dispose()
    {
        if (_values.Length > 0)
            ArrayPool<float>.Shared.Return(_values);
        _values = [];
    }

    private static void Write(Tensor tensor, SerializationContext context)
    {
        context.SetPayloadLength(NumberBytes + (sizeof(float) * tensor.Count));
        IBufferWriter<byte> output = context.GetBufferWriter();
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(NumberBytes), tensor.Number);
        output.Advance(NumberBytes);
        output.Write(MemoryMarshal.AsBytes(tensor.Values));
        context.Complete();
    }

    private static Tensor Read(DeserializationContext context)
    {
        ReadOnlySequence<byte> payload = context.PayloadAsReadOnlySequence();
        Span<byte> number = stackalloc byte[NumberBytes];
        payload.Slice(0, NumberBytes).CopyTo(number);
        var tensor = new Tensor(BinaryPrimitives.ReadInt64LittleEndian(number), (context.PayloadLength - NumberBytes) / sizeof(float));
        payload.Slice(NumberBytes).CopyTo(MemoryMarshal.AsBytes(tensor.Values));
        return tensor;
    }
}
