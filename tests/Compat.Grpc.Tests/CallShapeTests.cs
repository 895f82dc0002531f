using Distributed.Compat.Grpc.Tests.Fixtures;
using Distributed.Compat.Grpc.Tests.Proto;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Distributed.Compat.Grpc.Tests;

/// <summary>The four shapes of a call, through generated stubs.</summary>
public sealed class CallShapeTests
{
    [Fact]
    public async Task UnaryReturnsTheResponse()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        Note sent = new() { Text = "hej", Number = 42, Payload = ByteString.CopyFrom(1, 2, 3) };
        AsyncUnaryCall<Note> call = server.Client(channel).EchoAsync(sent);
        Assert.Equal(sent, await call);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Empty(call.GetTrailers());
        Assert.Equal(sent, server.Client(channel).Echo(sent));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public async Task ClientStreamingCollectsEveryMessage(int count)
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using AsyncClientStreamingCall<Note, Note> call = server.Client(channel).Collect();
        for (int i = 1; i <= count; i++)
            await call.RequestStream.WriteAsync(new Note { Number = i });
        await call.RequestStream.CompleteAsync();
        Assert.Equal(count * (count + 1) / 2, (await call).Number);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public async Task ServerStreamingDeliversEveryMessageInOrder(int count)
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using AsyncServerStreamingCall<Note> call = server.Client(channel).Count(new Note { Number = count });
        List<long> numbers = [];
        await foreach (Note note in call.ResponseStream.ReadAllAsync())
            numbers.Add(note.Number);
        Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), numbers);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task DuplexAnswersEachMessageBeforeTheNext()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using AsyncDuplexStreamingCall<Note, Note> call = server.Client(channel).Chat();
        Assert.Equal("hello", (await call.ResponseHeadersAsync.WaitAsync(Calls.Patience)).GetValue("greeting"));
        for (int i = 0; i < 50; i++)
        {
            await call.RequestStream.WriteAsync(new Note { Number = i });
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(2 * i, call.ResponseStream.Current.Number);
        }
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task DuplexStreamsBothWaysAtOnce()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using AsyncDuplexStreamingCall<Note, Note> call = server.Client(channel).Chat();
        ByteString payload = ByteString.CopyFrom(Bytes(100_000));
        Task sending = Task.Run(async () =>
        {
            for (int i = 0; i < 200; i++)
                await call.RequestStream.WriteAsync(new Note { Number = i, Payload = payload });
            await call.RequestStream.CompleteAsync();
        });
        int received = 0;
        await foreach (Note note in call.ResponseStream.ReadAllAsync())
        {
            Assert.Equal(2 * received++, note.Number);
            Assert.Equal(payload, note.Payload);
        }
        await sending;
        Assert.Equal(200, received);
    }

    /// <summary>Sizes around the transport's own: segment, HTTP/2 frame, window.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(16 * 1024)]
    [InlineData((64 * 1024) - 5)]
    [InlineData((64 * 1024) + 1)]
    [InlineData(1_000_000)]
    [InlineData(12_345_678)]
    public async Task MessagesOfAnySizeArriveWhole(int bytes)
    {
        await using TestServer server = await TestServer.StartAsync(options => options.MaxReceiveMessageSize = null);
        using GrpcChannel channel = server.Connect(options => options.MaxReceiveMessageSize = null);
        Note sent = new() { Payload = ByteString.CopyFrom(Bytes(bytes)) };
        Assert.Equal(sent, await server.Client(channel).EchoAsync(sent));
    }

    [Fact]
    public async Task BufferedWritesArriveWithTheNextFlush()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using AsyncClientStreamingCall<Note, Note> call = server.Client(channel).Collect();
        call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.BufferHint);
        for (int i = 0; i < 1000; i++)
            await call.RequestStream.WriteAsync(new Note { Text = "x" });
        await call.RequestStream.CompleteAsync();
        Assert.Equal(1000, (await call).Text.Length);
    }

    private static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
            bytes[i] = (byte)(i * 31 >> 3);
        return bytes;
    }
}
