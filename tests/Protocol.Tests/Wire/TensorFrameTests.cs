using System.Buffers;
using Distributed.Protocol.Wire;
using Distributed.Protocol.Wire.Messages;
using Grpc.Core;

namespace Distributed.Protocol.Tests.Wire;

/// <summary>Tensor frames: ordinary protobuf on the wire, float buffers at both ends, and no byte is believed.</summary>
public sealed class TensorFrameTests
{
    [Fact]
    public void WhatIsWrittenIsReadBackToTheBit()
    {
        float[] gradient = [1.5f, -0f, float.NaN, float.Epsilon, float.MaxValue];
        WorkerFrame read = Read(Write(gradient));
        Assert.Equal(gradient.Select(BitConverter.SingleToInt32Bits), read.Received!.Memory.ToArray().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(7, read.Control.Partial.Step);
        read.Received.Release();
    }

    /// <summary>Any other program that has the .proto file can read a frame.</summary>
    [Fact]
    public void AFrameIsAnOrdinaryMessage()
    {
        FromWorker message = FromWorker.Parser.ParseFrom(Write([1f, 2f]));
        Assert.Equal(8, message.Tensor.Length);
        Assert.Equal(7, message.Partial.Step);
    }

    [Fact]
    public void AFrameMayArriveInPieces()
    {
        byte[] bytes = Write([1f, 2f, 3f]);
        for (int cut = 1; cut < bytes.Length; cut++)
        {
            WorkerFrame read = Read(Pieces(bytes, cut));
            Assert.Equal([1f, 2f, 3f], read.Received!.Memory.ToArray());
            read.Received.Release();
        }
    }

    /// <summary>Every single flipped bit of the tensor is noticed.</summary>
    [Fact]
    public void AChangedTensorIsRefused()
    {
        byte[] bytes = Write([1f, 2f, 3f, 4f]);
        for (int bit = 0; bit < 16 * 8; bit++)
        {
            byte[] changed = [.. bytes];
            changed[changed.Length - 16 + (bit / 8)] ^= (byte)(1 << (bit % 8));
            Assert.Contains("checksum", Assert.Throws<WireException>(() => Read(changed)).Message);
        }
    }

    /// <summary>Whatever the bytes are, the answer is a frame or a WireException.</summary>
    [Fact]
    public void GarbageIsRefusedWithASentence()
    {
        byte[] bytes = Write([1f, 2f, 3f, 4f]);
        var random = new System.Random(5);
        int refused = 0;
        for (int i = 0; i < 5000; i++)
        {
            byte[] garbage = i % 2 == 0 ? new byte[random.Next(64)] : [.. bytes.Take(random.Next(bytes.Length))];
            if (i % 2 == 0)
            {
                random.NextBytes(garbage);
            }
            else if (garbage.Length > 0)
            {
                garbage[random.Next(garbage.Length)] ^= (byte)(1 << random.Next(8));
            }

            try
            {
                Read(garbage).Received?.Release();
            }
            catch (WireException)
            {
                refused++;
            }
        }

        Assert.True(refused > 1000, $"only {refused} refused");
    }

    /// <summary>Check values of CRC-32C: RFC 3720 appendix B.4, and the usual "123456789".</summary>
    /// <summary>The definition, bit by bit; lengths around those at which several chains run at once.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(49_151)]
    [InlineData(49_152)]
    [InlineData(49_175)]
    [InlineData(49_176)]
    [InlineData(407_080)]
    [InlineData(407_083)]
    public void TheChecksumOfAnyLengthIsThatOfTheDefinition(int bytes)
    {
        byte[] data = new byte[bytes];
        new System.Random(bytes).NextBytes(data);
        uint expected = uint.MaxValue;
        foreach (byte b in data)
        {
            expected ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                expected = (expected >> 1) ^ ((expected & 1) * 0x82F63B78u);
            }
        }

        Assert.Equal(~expected, TensorChecksum.Of(data));
    }

    [Fact]
    public void TheChecksumIsCrc32C()
    {
        Assert.Equal(0x8A9136AAu, TensorChecksum.Of(new byte[32]));
        Assert.Equal(0x62A8AB43u, TensorChecksum.Of(Enumerable.Repeat((byte)0xFF, 32).ToArray()));
        Assert.Equal(0x46DD794Eu, TensorChecksum.Of(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));
        Assert.Equal(0xE3069283u, TensorChecksum.Of("123456789"u8));
    }

    private static byte[] Write(float[] gradient)
    {
        var context = new Writing();
        WorkerFrame.Marshaller.ContextualSerializer(new WorkerFrame(new FromWorker { Partial = new PartialHeader { Step = 7 } }, gradient), context);
        Assert.Equal(context.Declared, context.Output.WrittenCount);
        return context.Output.WrittenSpan.ToArray();
    }

    private static WorkerFrame Read(byte[] bytes) => Read(new ReadOnlySequence<byte>(bytes));

    private static WorkerFrame Read(ReadOnlySequence<byte> bytes) => WorkerFrame.Marshaller.ContextualDeserializer(new Reading(bytes));

    private static ReadOnlySequence<byte> Pieces(byte[] bytes, int cut)
    {
        var first = new Piece(bytes.AsMemory(0, cut), 0);
        Piece last = first.Append(bytes.AsMemory(cut));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        internal Piece(ReadOnlyMemory<byte> memory, long start) => (Memory, RunningIndex) = (memory, start);

        internal Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }

    private sealed class Writing : SerializationContext
    {
        internal ArrayBufferWriter<byte> Output { get; } = new();

        internal int Declared { get; private set; }

        public override void SetPayloadLength(int payloadLength) => Declared = payloadLength;

        public override IBufferWriter<byte> GetBufferWriter() => Output;

        public override void Complete()
        {
        }
    }

    private sealed class Reading(ReadOnlySequence<byte> payload) : DeserializationContext
    {
        public override int PayloadLength => (int)payload.Length;

        public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => payload;
    }
}
