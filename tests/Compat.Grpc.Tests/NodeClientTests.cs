using Distributed.Compat.Grpc.Tests.Fixtures;

namespace Distributed.Compat.Grpc.Tests;

/// <summary>A client that is not ours, @grpc/grpc-js, calls our server.</summary>
public sealed class NodeClientTests
{
    [Theory]
    [InlineData("unary")]
    [InlineData("failure")]
    [InlineData("clientStream")]
    [InlineData("serverStream")]
    [InlineData("failingStream")]
    [InlineData("duplex")]
    [InlineData("large")]
    [InlineData("oversize")]
    [InlineData("metadata")]
    [InlineData("unimplemented")]
    [InlineData("keepAlive")]
    public async Task Succeeds(string check)
    {
        await Node.RequireAsync();
        await using TestServer server = await TestServer.StartAsync();
        await CheckAsync(server, check);
    }

    [Theory]
    [InlineData("deadline")]
    [InlineData("cancellation")]
    public async Task StopsTheHandler(string check)
    {
        await Node.RequireAsync();
        await using TestServer server = await TestServer.StartAsync();
        await CheckAsync(server, check);
        await server.Log.Ended.ReleasedAsync();
        Assert.Equal("cancelled", server.Log.Ends.Single());
    }

    private static async Task CheckAsync(TestServer server, string check)
    {
        string output = await Node.RunAsync("client.js", $"127.0.0.1:{server.Port}", check);
        Assert.True(output == "ok", output);
    }
}
