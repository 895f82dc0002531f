using Distributed.Compat.Grpc.Tests.Fixtures;
using Distributed.Compat.Grpc.Tests.Proto;
using Grpc.Core;
using Grpc.Net.Client;

namespace Distributed.Compat.Grpc.Tests;

/// <summary>A peer that is silent without having closed its connection is found out by HTTP/2 pings, from either side.</summary>
public sealed class KeepAliveTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task TheClientNotices()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using var wire = new CuttableWire(server.Port);
        using var handler = new SocketsHttpHandler { KeepAlivePingDelay = Interval, KeepAlivePingTimeout = Interval };
        using GrpcChannel channel = GrpcChannel.ForAddress(wire.Address, new GrpcChannelOptions { HttpHandler = handler });
        using AsyncDuplexStreamingCall<Note, Note> call = await OpenAsync(server, channel);
        Task<bool> read = call.ResponseStream.MoveNext();
        wire.Freeze();
        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => read.WaitAsync(Calls.Patience));
        Assert.True(exception.StatusCode is StatusCode.Unavailable or StatusCode.Internal, exception.ToString());
    }

    [Fact]
    public async Task TheServerNotices()
    {
        await using TestServer server = await TestServer.StartAsync(
            kestrel: options => (options.Limits.Http2.KeepAlivePingDelay, options.Limits.Http2.KeepAlivePingTimeout) = (Interval, Interval));
        await using var wire = new CuttableWire(server.Port);
        using GrpcChannel channel = GrpcChannel.ForAddress(wire.Address);
        using AsyncDuplexStreamingCall<Note, Note> call = await OpenAsync(server, channel);
        wire.Freeze();
        await server.Log.Ended.ReleasedAsync();
        Assert.Equal("cancelled", server.Log.Ends.Single());
    }

    [Fact]
    public async Task AnIdleConnectionIsKeptByPings()
    {
        await using TestServer server = await TestServer.StartAsync(
            kestrel: options => (options.Limits.Http2.KeepAlivePingDelay, options.Limits.Http2.KeepAlivePingTimeout) = (Interval, 10 * Interval));
        using var handler = new SocketsHttpHandler { KeepAlivePingDelay = Interval, KeepAlivePingTimeout = 10 * Interval };
        using GrpcChannel channel = server.Connect(options => options.HttpHandler = handler);
        using AsyncDuplexStreamingCall<Note, Note> call = await OpenAsync(server, channel);
        await Task.Delay(3 * Interval);
        await call.RequestStream.WriteAsync(new Note { Number = 21 });
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal(42, call.ResponseStream.Current.Number);
    }

    private static async Task<AsyncDuplexStreamingCall<Note, Note>> OpenAsync(TestServer server, GrpcChannel channel)
    {
        AsyncDuplexStreamingCall<Note, Note> call = server.Client(channel).Chat();
        await call.RequestStream.WriteAsync(new Note());
        Assert.True(await call.ResponseStream.MoveNext());
        return call;
    }
}
