using Distributed.Compat.Grpc.Tests.Fixtures;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;

namespace Distributed.Compat.Grpc.Tests.StandIn;

/// <summary>No array of a message's size is made per message, on either side of a connection.</summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    [Theory]
    [InlineData(400_000, 20)]
    [InlineData(4_000_000, 10)]
    public async Task TensorsTravelThroughRentedMemory(int bytes, int messages)
    {
        await using TestServer server = await TestServer.StartAsync(
            options => options.MaxReceiveMessageSize = null, map: application => application.MapGrpcService<TensorService>());
        using GrpcChannel channel = server.Connect(options => options.MaxReceiveMessageSize = null);
        using AsyncDuplexStreamingCall<Tensor, Tensor> call =
            channel.CreateCallInvoker().AsyncDuplexStreamingCall(TensorServiceBase.ExchangeMethod, null, default);
        // The pools grow for some rounds, until they hold what is ever in flight at once.
        long least = long.MaxValue;
        for (int round = 0; round < 15; round++)
            least = Math.Min(least, await AllocatedAsync(() => ExchangeAsync(call, bytes, messages)) / messages);
        TestContext.Current.TestOutputHelper?.WriteLine($"{least} bytes allocated for a message of {bytes} bytes there and back");

        // The message is written twice and read twice; one copy of it would take all of its bytes again.
        // HttpClient itself buffers in arrays of 16 KiB, and drops those over 64 when its reader is slow: some of a large message.
        Assert.InRange(least, 0, bytes < 1_000_000 ? bytes / 10 : bytes - 1);
    }

    private static async Task<long> AllocatedAsync(Func<Task> run)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        await run();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static async Task ExchangeAsync(AsyncDuplexStreamingCall<Tensor, Tensor> call, int bytes, int messages)
    {
        using var tensor = new Tensor(7, bytes / sizeof(float));
        for (int i = 0; i < tensor.Count; i++)
            tensor.Values[i] = i;
        for (int i = 0; i < messages; i++)
        {
            await call.RequestStream.WriteAsync(tensor);
            Assert.True(await call.ResponseStream.MoveNext());
            using Tensor received = call.ResponseStream.Current;
            Assert.Equal(7, received.Number);
            Assert.True(received.Values.SequenceEqual(tensor.Values));
        }
    }
}
