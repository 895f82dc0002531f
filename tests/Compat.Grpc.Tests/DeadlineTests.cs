using Distributed.Compat.Grpc.Tests.Fixtures;
using Distributed.Compat.Grpc.Tests.Proto;
using Grpc.Core;
using Grpc.Net.Client;

namespace Distributed.Compat.Grpc.Tests;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task AUnaryCallEndsAtItsDeadlineOnBothSides()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        AsyncUnaryCall<Note> call = server.Client(channel).EchoAsync(new Note { Text = "wait" }, deadline: Calls.In(Soon));
        await Calls.FailsAsync(StatusCode.DeadlineExceeded, () => call.ResponseAsync);
        await server.Log.Ended.ReleasedAsync();
        Assert.Equal("cancelled", server.Log.Ends.Single());
    }

    [Fact]
    public async Task AStreamEndsAtItsDeadlineAfterItsMessages()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using AsyncServerStreamingCall<Note> call =
            server.Client(channel).Count(new Note { Number = 2, Text = "wait" }, deadline: Calls.In(Soon));
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.True(await call.ResponseStream.MoveNext());
        await Calls.FailsAsync(StatusCode.DeadlineExceeded, () => call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.DeadlineExceeded, call.GetStatus().StatusCode);
        await server.Log.Ended.ReleasedAsync();
    }

    [Fact]
    public async Task APastDeadlineNeverReachesTheServer()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        await Calls.FailsAsync(
            StatusCode.DeadlineExceeded,
            () => server.Client(channel).EchoAsync(new Note { Text = "wait" }, deadline: DateTime.UtcNow.AddSeconds(-1)).ResponseAsync);
        Assert.Equal(0, server.Log.Running);
    }

    [Fact]
    public async Task TheServerIsTold()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        DateTime deadline = DateTime.UtcNow.AddMinutes(10);
        Note told = await server.Client(channel).EchoAsync(new Note { Text = "deadline" }, deadline: deadline);
        Assert.InRange(new DateTime(told.Number, DateTimeKind.Utc), deadline.AddMinutes(-1), deadline.AddMinutes(1));
        Assert.Equal(-1, (await server.Client(channel).EchoAsync(new Note { Text = "deadline" })).Number);
    }

    [Fact]
    public async Task ADeadlineInLocalTimeIsRefused()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        Assert.Throws<InvalidOperationException>(() => { server.Client(channel).EchoAsync(new Note(), deadline: DateTime.Now.AddMinutes(1)); });
    }

    [Fact]
    public async Task ACallMayOutliveManyOthersDeadlines()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using AsyncDuplexStreamingCall<Note, Note> call = server.Client(channel).Chat();
        for (int i = 0; i < 3; i++)
        {
            await Calls.FailsAsync(
                StatusCode.DeadlineExceeded,
                () => server.Client(channel).EchoAsync(new Note { Text = "wait" }, deadline: Calls.In(TimeSpan.FromMilliseconds(50))).ResponseAsync);
            await call.RequestStream.WriteAsync(new Note { Number = i });
            Assert.True(await call.ResponseStream.MoveNext());
        }
    }
}
