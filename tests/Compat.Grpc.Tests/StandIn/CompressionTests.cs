using Distributed.Compat.Grpc.Tests.Fixtures;

namespace Distributed.Compat.Grpc.Tests.StandIn;

/// <summary>Nothing is ever compressed here, and a peer that compresses is told so.</summary>
public sealed class CompressionTests
{
    [Fact]
    public async Task APeerThatCompressesGetsUnimplemented()
    {
        await Node.RequireAsync();
        await using TestServer server = await TestServer.StartAsync();
        string output = await Node.RunAsync("client.js", $"127.0.0.1:{server.Port}", "compressed");
        Assert.True(output == "ok", output);
    }
}
