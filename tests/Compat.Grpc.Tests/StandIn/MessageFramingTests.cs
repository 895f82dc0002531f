using System.Buffers;
using System.IO.Pipelines;
using FsCheck;
using FsCheck.Fluent;
using Grpc.Core;
using Grpc.Core.Wire;

namespace Distributed.Compat.Grpc.Tests.StandIn;

/// <summary>Messages on the wire, without a network.</summary>
public sealed class MessageFramingTests
{
    private static readonly MessageLimit NoLimit = new(null, "");

    private enum Style
    {
        Array,
        Sized,
        Unsized,
    }

    [Fact]
    public void AnySplitOfTheBytesGivesTheSameMessages() => Prop.ForAll<byte[][], int[]>((messages, cuts) =>
    {
        messages ??= [];
        byte[][] sent = [.. messages.Select(message => message ?? [])];
        byte[] wire = WireOf(sent);
        byte[][] received = ReadAll(wire, cuts ?? []).GetAwaiter().GetResult();
        return sent.Length == received.Length && sent.Zip(received).All(pair => pair.First.SequenceEqual(pair.Second));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task AStreamThatEndsInsideAMessageIsAnError()
    {
        byte[] wire = WireOf([[1, 2, 3]]);
        for (int length = 1; length < wire.Length; length++)
        {
            RpcException exception = await Assert.ThrowsAsync<RpcException>(() => ReadAll(wire[..length], [1]));
            Assert.Equal(StatusCode.Internal, exception.StatusCode);
        }
    }

    [Fact]
    public async Task AHugeClaimedLengthTakesNoMemory()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => ReadAll([0, 0x7f, 0xff, 0xff, 0xf0, 1, 2], []));
        Assert.Equal(StatusCode.Internal, exception.StatusCode);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Theory]
    [InlineData(0xffffffffu)]
    [InlineData(0x7fffffffu)]
    [InlineData(101u)]
    public async Task AReceivedLengthOverTheLimitNamesSizeLimitAndSetting(uint claimed)
    {
        byte[] header = [0, (byte)(claimed >> 24), (byte)(claimed >> 16), (byte)(claimed >> 8), (byte)claimed];
        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => ReadAll(header, [], new MessageLimit(100, "TheSetting")));
        Assert.Equal(
            (StatusCode.ResourceExhausted, $"Received message exceeds the maximum configured message size: {claimed} bytes, TheSetting is 100."),
            (exception.StatusCode, exception.Status.Detail));
    }

    [Theory]
    [InlineData(nameof(Style.Array))]
    [InlineData(nameof(Style.Sized))]
    [InlineData(nameof(Style.Unsized))]
    public void ASentLengthOverTheLimitNamesSizeLimitAndSettingAndSendsNothing(string style)
    {
        var pipe = new Pipe();
        var writer = new MessageWriter<byte[]>(pipe.Writer, Serializer(Enum.Parse<Style>(style)), new MessageLimit(100, "TheSetting"));
        RpcException exception = Assert.Throws<RpcException>(() => writer.Write(new byte[101]));
        Assert.Equal(StatusCode.ResourceExhausted, exception.StatusCode);
        Assert.EndsWith("101 bytes, TheSetting is 100.", exception.Status.Detail, StringComparison.Ordinal);
        Assert.False(writer.IsBroken);
        Assert.Equal(0, pipe.Writer.UnflushedBytes);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    public void ASerializerThatMissesItsDeclaredLengthBreaksTheStream(int declared, int written)
    {
        var pipe = new Pipe();
        var writer = new MessageWriter<byte[]>(
            pipe.Writer,
            (message, context) =>
            {
                context.SetPayloadLength(declared);
                context.GetBufferWriter().Write(message);
                context.Complete();
            },
            NoLimit);
        Assert.Throws<InvalidOperationException>(() => writer.Write(new byte[written]));
        Assert.True(writer.IsBroken);
    }

    [Fact]
    public void ASerializerMustComplete()
    {
        var writer = new MessageWriter<byte[]>(new Pipe().Writer, (_, _) => { }, NoLimit);
        Assert.Throws<InvalidOperationException>(() => writer.Write([]));
        Assert.False(writer.IsBroken);
    }

    [Theory]
    [InlineData(1, "gzip", StatusCode.Unimplemented)]
    [InlineData(1, "identity", StatusCode.Internal)]
    [InlineData(1, null, StatusCode.Internal)]
    [InlineData(2, null, StatusCode.Internal)]
    public async Task ACompressedMessageIsRefused(byte flag, string? encoding, StatusCode expected)
    {
        var reader = new MessageReader<byte[]>(
            PipeReader.Create(new ReadOnlySequence<byte>([flag, 0, 0, 0, 1, 42])), context => context.PayloadAsNewBuffer(), NoLimit, () => encoding);
        RpcException exception = await Assert.ThrowsAsync<RpcException>(async () => await reader.ReadAsync(CancellationToken.None));
        Assert.Equal(expected, exception.StatusCode);
        Assert.Equal(expected == StatusCode.Unimplemented ? "identity" : null, exception.Trailers.GetValue("grpc-accept-encoding"));
    }

    private static Action<byte[], SerializationContext> Serializer(Style style) => (message, context) =>
    {
        if (style == Style.Array)
        {
            context.Complete(message);
            return;
        }
        if (style == Style.Sized)
            context.SetPayloadLength(message.Length);
        IBufferWriter<byte> output = context.GetBufferWriter();
        foreach (byte[] part in message.Chunk(3))
            output.Write(part);
        context.Complete();
    };

    /// <summary>The messages as bytes, each serialized in another style.</summary>
    private static byte[] WireOf(byte[][] messages)
    {
        var stream = new MemoryStream();
        PipeWriter output = PipeWriter.Create(stream);
        var writers = Enum.GetValues<Style>().Select(style => new MessageWriter<byte[]>(output, Serializer(style), NoLimit)).ToArray();
        for (int i = 0; i < messages.Length; i++)
            writers[i % writers.Length].Write(messages[i]);
        output.Complete();
        return stream.ToArray();
    }

    /// <summary>Reads bytes that arrive in pieces of the given sizes, over and over.</summary>
    private static async Task<byte[][]> ReadAll(byte[] wire, int[] cuts, MessageLimit? limit = null)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var reader = new MessageReader<byte[]>(pipe.Reader, context => context.PayloadAsNewBuffer(), limit ?? NoLimit, () => null);
        Task feeding = FeedAsync();
        List<byte[]> messages = [];
        while (await reader.ReadAsync(CancellationToken.None) is { } message)
            messages.Add(message);
        await feeding;
        return [.. messages];

        async Task FeedAsync()
        {
            for (int at = 0, i = 0; at < wire.Length; i++)
            {
                int length = cuts.Length == 0 ? wire.Length : Math.Min(wire.Length - at, 1 + Math.Abs(cuts[i % cuts.Length] % 7));
                await pipe.Writer.WriteAsync(wire.AsMemory(at, Math.Min(length, wire.Length - at)));
                at += length;
            }
            await pipe.Writer.CompleteAsync();
        }
    }
}
