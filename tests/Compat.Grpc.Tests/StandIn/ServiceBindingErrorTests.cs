using Distributed.Compat.Grpc.Tests.Fixtures;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;

namespace Distributed.Compat.Grpc.Tests.StandIn;

/// <summary>A service that cannot be served is refused when the program starts, by its name.</summary>
public sealed class ServiceBindingErrorTests
{
    [Fact]
    public async Task AClassThatIsNoServiceIsRefused()
    {
        InvalidOperationException exception = await RefusedAsync<ServiceBindingErrorTests>();
        Assert.Contains("ServiceBindingErrorTests is no gRPC service", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMethodThatHidesTheBaseMethodIsRefused()
    {
        InvalidOperationException exception = await RefusedAsync<HidingService>();
        Assert.Contains("'Upload'", exception.Message, StringComparison.Ordinal);
    }

    private static Task<InvalidOperationException> RefusedAsync<TService>()
        where TService : class => Assert.ThrowsAsync<InvalidOperationException>(
            () => TestServer.StartAsync(map: application => application.MapGrpcService<TService>()));

    private sealed class HidingService : TensorServiceBase
    {
        public new Task<Tensor> Upload(IAsyncStreamReader<Tensor> requestStream, ServerCallContext context) => base.Upload(requestStream, context);
    }
}
