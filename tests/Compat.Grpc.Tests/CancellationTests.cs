using Distributed.Compat.Grpc.Tests.Fixtures;
using Distributed.Compat.Grpc.Tests.Proto;
using Grpc.Core;
using Grpc.Net.Client;

namespace Distributed.Compat.Grpc.Tests;

public sealed class CancellationTests
{
    [Fact]
    public async Task ACancelledUnaryCallStopsTheHandler()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using var cancellation = new CancellationTokenSource();
        AsyncUnaryCall<Note> call = server.Client(channel).EchoAsync(new Note { Text = "wait" }, cancellationToken: cancellation.Token);
        await server.Log.Started.ReleasedAsync();
        await cancellation.CancelAsync();
        await Calls.FailsAsync(StatusCode.Cancelled, () => call.ResponseAsync);
        await server.Log.Ended.ReleasedAsync();
        Assert.Equal("cancelled", server.Log.Ends.Single());
    }

    [Fact]
    public async Task DisposingAStreamCancelsIt()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        AsyncDuplexStreamingCall<Note, Note> call = server.Client(channel).Chat();
        await call.RequestStream.WriteAsync(new Note());
        Assert.True(await call.ResponseStream.MoveNext());
        call.Dispose();
        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
        await server.Log.Ended.ReleasedAsync();
        Assert.Equal("cancelled", server.Log.Ends.Single());
        Assert.Equal(0, server.Log.Running);
    }

    [Fact]
    public async Task CancellingAReadCancelsTheCall()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using AsyncDuplexStreamingCall<Note, Note> call = server.Client(channel).Chat();
        await call.ResponseHeadersAsync;
        using var cancellation = new CancellationTokenSource();
        Task<bool> read = call.ResponseStream.MoveNext(cancellation.Token);
        Assert.False(read.IsCompleted);
        await cancellation.CancelAsync();
        await Calls.FailsAsync(StatusCode.Cancelled, () => read);
        await server.Log.Ended.ReleasedAsync();
    }

    [Fact]
    public async Task AChannelMayThrowOperationCanceledInstead()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect(options => options.ThrowOperationCanceledOnCancellation = true);
        using var cancellation = new CancellationTokenSource();
        Task<Note> cancelled = server.Client(channel).EchoAsync(new Note { Text = "wait" }, cancellationToken: cancellation.Token).ResponseAsync;
        await server.Log.Started.ReleasedAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Calls.Patience));
        Task<Note> late = server.Client(channel).EchoAsync(new Note { Text = "wait" }, deadline: Calls.In(TimeSpan.FromMilliseconds(100))).ResponseAsync;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late.WaitAsync(Calls.Patience));
    }

    [Fact]
    public async Task DisposingTheChannelEndsItsCalls()
    {
        await using TestServer server = await TestServer.StartAsync();
        GrpcChannel channel = server.Connect();
        Probe.ProbeClient client = server.Client(channel);
        Task<Note> call = client.EchoAsync(new Note { Text = "wait" }).ResponseAsync;
        await server.Log.Started.ReleasedAsync();
        channel.Dispose();
        await Calls.FailsAsync(StatusCode.Cancelled, () => call);
        await server.Log.Ended.ReleasedAsync();
        Assert.Throws<ObjectDisposedException>(() => { client.EchoAsync(new Note()); });
    }

    [Fact]
    public async Task AnAlreadyCancelledTokenStartsNothing()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        var cancelled = new CancellationToken(canceled: true);
        await Calls.FailsAsync(
            StatusCode.Cancelled, () => server.Client(channel).EchoAsync(new Note { Text = "wait" }, cancellationToken: cancelled).ResponseAsync);
        Assert.Equal(0, server.Log.Running);
    }

    /// <summary>A writer whose peer does not read is stopped by flow control; cancelling frees it.</summary>
    [Fact]
    public async Task AWriteBlockedByFlowControlCanBeCancelled()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using var cancellation = new CancellationTokenSource();
        using AsyncDuplexStreamingCall<Note, Note> call = server.Client(channel).Chat(cancellationToken: cancellation.Token);
        Note large = new() { Payload = Google.Protobuf.ByteString.CopyFrom(new byte[1_000_000]) };
        Task write;
        do
            write = call.RequestStream.WriteAsync(large);
        while (await Task.WhenAny(write, Task.Delay(500)) == write);
        await cancellation.CancelAsync();
        await Calls.FailsAsync(StatusCode.Cancelled, () => write);
        await server.Log.Ended.ReleasedAsync();
    }
}
