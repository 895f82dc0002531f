using Distributed.Compat.Grpc.Tests.Fixtures;
using Distributed.Compat.Grpc.Tests.Proto;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Distributed.Compat.Grpc.Tests;

/// <summary>Our client calls a server that is not ours, @grpc/grpc-js.</summary>
public sealed class NodeServerTests
{
    [Fact]
    public async Task EveryShapeOfCallWorks()
    {
        await using NodeServer server = await NodeServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        var client = new Probe.ProbeClient(channel);

        Note note = new() { Text = "hej", Number = 42, Payload = ByteString.CopyFrom(0, 1, 255) };
        Assert.Equal(note, await client.EchoAsync(note));

        using AsyncClientStreamingCall<Note, Note> collect = client.Collect();
        for (int i = 1; i <= 100; i++)
            await collect.RequestStream.WriteAsync(new Note { Number = i });
        await collect.RequestStream.CompleteAsync();
        Assert.Equal(5050, (await collect).Number);

        using AsyncServerStreamingCall<Note> count = client.Count(new Note { Number = 100 });
        List<long> numbers = [];
        await foreach (Note counted in count.ResponseStream.ReadAllAsync())
            numbers.Add(counted.Number);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), numbers);
    }

    [Fact]
    public async Task DuplexAnswersEachMessageBeforeTheNext()
    {
        await using NodeServer server = await NodeServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using AsyncDuplexStreamingCall<Note, Note> chat = new Probe.ProbeClient(channel).Chat();
        Assert.Equal("hello", (await chat.ResponseHeadersAsync.WaitAsync(Calls.Patience)).GetValue("greeting"));
        Note large = new() { Payload = ByteString.CopyFrom(new byte[3_000_000]) };
        for (int i = 0; i < 10; i++)
        {
            large.Number = i;
            await chat.RequestStream.WriteAsync(large);
            Assert.True(await chat.ResponseStream.MoveNext());
            Assert.Equal(2 * i, chat.ResponseStream.Current.Number);
            Assert.Equal(large.Payload, chat.ResponseStream.Current.Payload);
        }
        await chat.RequestStream.CompleteAsync();
        Assert.False(await chat.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, chat.GetStatus().StatusCode);
    }

    [Fact]
    public async Task AnErrorStatusComesWithItsTrailers()
    {
        await using NodeServer server = await NodeServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        var client = new Probe.ProbeClient(channel);
        RpcException failure = await Calls.FailsAsync(
            StatusCode.FailedPrecondition, () => client.EchoAsync(new Note { Text = "fail" }).ResponseAsync);
        Assert.Equal("100 % → worker-3", failure.Status.Detail);
        Assert.Equal("stale-weights", failure.Trailers.GetValue("reason"));
        Assert.Equal(new byte[] { 0, 1, 254, 255 }, failure.Trailers.GetValueBytes("digest-bin"));

        using AsyncServerStreamingCall<Note> count = client.Count(new Note { Number = 2, Text = "fail" });
        Assert.True(await count.ResponseStream.MoveNext());
        Assert.True(await count.ResponseStream.MoveNext());
        await Calls.FailsAsync(StatusCode.Aborted, () => count.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task MetadataTravelsBothWays()
    {
        await using NodeServer server = await NodeServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        var sent = new Metadata { { "x-token", "secret value" }, { "x-digest-bin", new byte[] { 0, 128, 255 } } };
        AsyncUnaryCall<Note> call = new Probe.ProbeClient(channel).EchoAsync(new Note { Text = "metadata" }, sent);
        await call;
        foreach (Metadata received in new[] { await call.ResponseHeadersAsync, call.GetTrailers() })
        {
            Assert.Equal("secret value", received.GetValue("x-token"));
            Assert.Equal(new byte[] { 0, 128, 255 }, received.GetValueBytes("x-digest-bin"));
        }
    }

    [Fact]
    public async Task TheServerLearnsOfDeadlinesAndCancellations()
    {
        await using NodeServer server = await NodeServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        var client = new Probe.ProbeClient(channel);
        DateTime soon = Calls.In(TimeSpan.FromSeconds(3));
        await Calls.FailsAsync(StatusCode.DeadlineExceeded, () => client.EchoAsync(new Note { Text = "wait" }, deadline: soon).ResponseAsync);
        Assert.Equal("deadline set", await server.NextReportAsync());
        Assert.Equal("cancelled", await server.NextReportAsync());

        using var cancellation = new CancellationTokenSource();
        Task<Note> call = client.EchoAsync(new Note { Text = "wait" }, cancellationToken: cancellation.Token).ResponseAsync;
        Assert.Equal("deadline none", await server.NextReportAsync());
        await cancellation.CancelAsync();
        await Calls.FailsAsync(StatusCode.Cancelled, () => call);
        Assert.Equal("cancelled", await server.NextReportAsync());
    }

    [Fact]
    public async Task ItsLimitIsReported()
    {
        await using NodeServer server = await NodeServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        Note large = new() { Payload = ByteString.CopyFrom(new byte[5_000_000]) };
        await Calls.FailsAsync(StatusCode.ResourceExhausted, () => new Probe.ProbeClient(channel).EchoAsync(large).ResponseAsync);
    }

    [Fact]
    public async Task ItsDeathIsUnavailableAtOnce()
    {
        await using NodeServer server = await NodeServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using AsyncDuplexStreamingCall<Note, Note> chat = new Probe.ProbeClient(channel).Chat();
        await chat.ResponseHeadersAsync;
        Task<bool> read = chat.ResponseStream.MoveNext();
        server.Kill();
        await Calls.FailsAsync(StatusCode.Unavailable, () => read);
    }
}
