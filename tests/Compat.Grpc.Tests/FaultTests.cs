using System.Net.Sockets;
using Distributed.Compat.Grpc.Tests.Fixtures;
using Distributed.Compat.Grpc.Tests.Proto;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Distributed.Compat.Grpc.Tests;

/// <summary>Connections that break, servers that stop, peers that talk nonsense: the other side learns it at once and nothing is left behind.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task ABrokenConnectionEndsTheCallOnBothSides()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using var wire = new CuttableWire(server.Port);
        using GrpcChannel channel = GrpcChannel.ForAddress(wire.Address);
        using AsyncDuplexStreamingCall<Note, Note> call = server.Client(channel).Chat();
        await call.RequestStream.WriteAsync(new Note());
        Assert.True(await call.ResponseStream.MoveNext());
        Task<bool> read = call.ResponseStream.MoveNext();
        wire.Cut();
        await Calls.FailsAsync(StatusCode.Unavailable, () => read);
        await server.Log.Ended.ReleasedAsync();
        Assert.Equal(0, server.Log.Running);
        await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new Note()).WaitAsync(Calls.Patience));
    }

    [Fact]
    public async Task AChannelConnectsAgainAfterACut()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using var wire = new CuttableWire(server.Port);
        using GrpcChannel channel = GrpcChannel.ForAddress(wire.Address);
        for (int i = 0; i < 3; i++)
        {
            Task<Note> call = server.Client(channel).EchoAsync(new Note { Text = "wait" }).ResponseAsync;
            await server.Log.Started.ReleasedAsync();
            wire.Cut();
            await Calls.FailsAsync(StatusCode.Unavailable, () => call);
            Assert.Equal(i, (await server.Client(channel).EchoAsync(new Note { Number = i })).Number);
        }
    }

    [Fact]
    public async Task ACutInTheMiddleOfAMessageIsNotAShorterMessage()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using var wire = new CuttableWire(server.Port) { BytesUntilCut = 300_000 };
        using GrpcChannel channel = GrpcChannel.ForAddress(wire.Address);
        Note request = new() { Number = 10, Payload = ByteString.CopyFrom(new byte[100_000]) };
        using AsyncServerStreamingCall<Note> call = server.Client(channel).Count(request);
        int received = 0;
        RpcException exception = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (Note note in call.ResponseStream.ReadAllAsync())
            {
                Assert.Equal((received++, 100_000), ((int)note.Number, note.Payload.Length));
            }
        });
        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.InRange(received, 0, 4);
    }

    [Fact]
    public async Task AStoppingServerEndsTheCallsInFlight()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using AsyncDuplexStreamingCall<Note, Note> call = server.Client(channel).Chat();
        await call.RequestStream.WriteAsync(new Note());
        Assert.True(await call.ResponseStream.MoveNext());
        Task<bool> read = call.ResponseStream.MoveNext();
        await server.StopAsync().WaitAsync(Calls.Patience);
        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => read.WaitAsync(Calls.Patience));
        Assert.True(exception.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Internal, exception.ToString());
        await server.Log.Ended.ReleasedAsync();
        await Calls.FailsAsync(StatusCode.Unavailable, () => server.Client(channel).EchoAsync(new Note()).ResponseAsync);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\xff\xff\xff\xff\xff\xff\xff\xff\xff garbage")]
    [InlineData("\x16\x03\x01\x02\x00\x01 half a TLS greeting")]
    public async Task GarbageOnThePortHarmsNobodyElse(string garbage)
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using AsyncDuplexStreamingCall<Note, Note> call = server.Client(channel).Chat();
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", server.Port);
        await socket.GetStream().WriteAsync(System.Text.Encoding.Latin1.GetBytes(garbage));
        await call.RequestStream.WriteAsync(new Note { Number = 21 });
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal(42, call.ResponseStream.Current.Number);
        Assert.Equal(1, server.Log.Running);
    }

    [Fact]
    public async Task AThousandCallsAtOnceAllSucceedAndLeaveNothing()
    {
        await using TestServer server = await TestServer.StartAsync(kestrel: options => options.Limits.Http2.MaxStreamsPerConnection = 200);
        using GrpcChannel channel = server.Connect();
        Probe.ProbeClient client = server.Client(channel);
        Note[] answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => ChatOnceAsync(client, i))).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => 2L * i), answers.Select(answer => answer.Number));
        for (int i = 0; i < 1000; i++)
            await server.Log.Ended.ReleasedAsync();
        Assert.Equal(0, server.Log.Running);
        Assert.All(server.Log.Ends, end => Assert.Equal("returned", end));
    }

    private static async Task<Note> ChatOnceAsync(Probe.ProbeClient client, int number)
    {
        using AsyncDuplexStreamingCall<Note, Note> call = client.Chat();
        await call.RequestStream.WriteAsync(new Note { Number = number });
        Assert.True(await call.ResponseStream.MoveNext());
        Note answer = call.ResponseStream.Current;
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
        return answer;
    }
}
