using Distributed.Compat.Grpc.Tests.Fixtures;
using Distributed.Compat.Grpc.Tests.Proto;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Distributed.Compat.Grpc.Tests;

/// <summary>A message over a limit fails with RESOURCE_EXHAUSTED, whoever's limit it is, and the sentence tells what to change.</summary>
public sealed class MessageLimitTests
{
    private const int Limit = 10_000;

    private static readonly Note Large = new() { Payload = ByteString.CopyFrom(new byte[2 * Limit]) };

    [Fact]
    public async Task TheServerRefusesToReceive()
    {
        await using TestServer server = await TestServer.StartAsync(options => options.MaxReceiveMessageSize = Limit);
        using GrpcChannel channel = server.Connect();
        await RefusesAsync(channel, "Received");
    }

    [Fact]
    public async Task TheServerRefusesToSend()
    {
        await using TestServer server = await TestServer.StartAsync(options => options.MaxSendMessageSize = Limit);
        using GrpcChannel channel = server.Connect();
        await RefusesAsync(channel, "Sending");
    }

    [Fact]
    public async Task TheClientRefusesToReceive()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect(options => options.MaxReceiveMessageSize = Limit);
        await RefusesAsync(channel, "Received");
    }

    [Fact]
    public async Task TheClientRefusesToSend()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect(options => options.MaxSendMessageSize = Limit);
        await RefusesAsync(channel, "Sending");
    }

    [Fact]
    public async Task ARefusedWriteLeavesTheStreamUsable()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect(options => options.MaxSendMessageSize = Limit);
        using AsyncDuplexStreamingCall<Note, Note> call = server.Client(channel).Chat();
        await Calls.FailsAsync(StatusCode.ResourceExhausted, () => call.RequestStream.WriteAsync(Large));
        await call.RequestStream.WriteAsync(new Note { Number = 21 });
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal(42, call.ResponseStream.Current.Number);
    }

    [Fact]
    public async Task AnOversizeMessageInAStreamEndsItWithTheReason()
    {
        await using TestServer server = await TestServer.StartAsync(options => options.MaxReceiveMessageSize = Limit);
        using GrpcChannel channel = server.Connect();
        using AsyncDuplexStreamingCall<Note, Note> call = server.Client(channel).Chat();
        await call.RequestStream.WriteAsync(new Note());
        Assert.True(await call.ResponseStream.MoveNext());
        Task write = call.RequestStream.WriteAsync(Large);
        await Calls.FailsAsync(StatusCode.ResourceExhausted, () => call.ResponseStream.MoveNext());
        Assert.True(await Task.WhenAny(write, Task.Delay(Calls.Patience)) == write, "The write neither succeeded nor failed.");
    }

    private static async Task RefusesAsync(GrpcChannel channel, string verb)
    {
        var client = new Probe.ProbeClient(channel);
        Note atTheLimit = new() { Payload = ByteString.CopyFrom(new byte[Limit - 10]) };
        Assert.InRange(atTheLimit.CalculateSize(), Limit - 10, Limit);
        Assert.Equal(atTheLimit, await client.EchoAsync(atTheLimit));
        RpcException exception = await Calls.FailsAsync(StatusCode.ResourceExhausted, () => client.EchoAsync(Large).ResponseAsync);
        Assert.StartsWith($"{verb} message exceeds the maximum configured message size", exception.Status.Detail, StringComparison.Ordinal);
    }
}
