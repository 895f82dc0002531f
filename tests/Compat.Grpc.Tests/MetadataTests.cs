using Distributed.Compat.Grpc.Tests.Fixtures;
using Distributed.Compat.Grpc.Tests.Proto;
using Grpc.Core;
using Grpc.Net.Client;

namespace Distributed.Compat.Grpc.Tests;

public sealed class MetadataTests
{
    [Fact]
    public async Task TextAndBytesTravelBothWays()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        var sent = new Metadata { { "X-Token", "secret value, with a comma" }, { "x-digest-bin", bytes } };
        AsyncUnaryCall<Note> call = server.Client(channel).EchoAsync(new Note { Text = "metadata" }, sent);
        await call;
        foreach (Metadata received in new[] { await call.ResponseHeadersAsync, call.GetTrailers() })
        {
            Assert.Equal("secret value, with a comma", received.GetValue("x-token"));
            Assert.Equal(bytes, received.GetValueBytes("x-digest-bin"));
        }
    }

    [Fact]
    public async Task TheProtocolsOwnHeadersAreNotMetadata()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        AsyncUnaryCall<Note> call = server.Client(channel).EchoAsync(new Note(), deadline: Calls.In(Calls.Patience));
        await call;
        string[] reserved = ["grpc-status", "grpc-message", "grpc-encoding", "grpc-timeout", "content-type"];
        Assert.DoesNotContain(await call.ResponseHeadersAsync, entry => reserved.Contains(entry.Key));
        Assert.DoesNotContain(call.GetTrailers(), entry => reserved.Contains(entry.Key));
    }

    [Fact]
    public async Task HeadersMayComeLongBeforeTheFirstMessage()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using AsyncDuplexStreamingCall<Note, Note> call = server.Client(channel).Chat();
        Metadata headers = await call.ResponseHeadersAsync.WaitAsync(Calls.Patience);
        Assert.Equal("hello", headers.GetValue("greeting"));
    }

    [Fact]
    public async Task AHandlerKnowsItsCaller()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        Note answer = await server.Client(channel).EchoAsync(new Note { Text = "peer" });
        Assert.Matches($@"^ipv4:127\.0\.0\.1:\d+ /distributed\.probe\.Probe/Echo 127\.0\.0\.1:{server.Port}$", answer.Text);
    }

    [Fact]
    public void KeysAreCheckedAndLowerCased()
    {
        var metadata = new Metadata { { "UPPER", "a" }, { "upper", "b" } };
        Assert.Equal("b", metadata.GetValue("Upper"));
        Assert.Equal(["a", "b"], metadata.GetAll("upper").Select(entry => entry.Value));
        Assert.Throws<ArgumentException>(() => metadata.Add("white space", "x"));
        Assert.Throws<ArgumentException>(() => metadata.Add("text-bin", "x"));
        Assert.Throws<ArgumentException>(() => metadata.Add("bytes", [1]));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "b"));
    }
}
