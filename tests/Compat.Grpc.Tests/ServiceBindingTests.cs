using Distributed.Compat.Grpc.Tests.Fixtures;
using Distributed.Compat.Grpc.Tests.Proto;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Distributed.Compat.Grpc.Tests;

/// <summary>What may be served, and how a service's methods are found.</summary>
public sealed class ServiceBindingTests
{
    [Fact]
    public async Task AServiceMayHaveMarshallersOfItsOwn()
    {
        await using TestServer server = await TestServer.StartAsync(map: application => application.MapGrpcService<TensorService>());
        using GrpcChannel channel = server.Connect();
        using AsyncDuplexStreamingCall<Tensor, Tensor> call =
            channel.CreateCallInvoker().AsyncDuplexStreamingCall(TensorServiceBase.ExchangeMethod, null, default);
        using var sent = new Tensor(7, 100_000);
        for (int i = 0; i < sent.Count; i++)
            sent.Values[i] = MathF.Sqrt(i);
        await call.RequestStream.WriteAsync(sent);
        Assert.True(await call.ResponseStream.MoveNext());
        using Tensor received = call.ResponseStream.Current;
        Assert.Equal((7, 100_000), (received.Number, received.Count));
        Assert.True(received.Values.SequenceEqual(sent.Values));
    }

    [Fact]
    public async Task AMethodThatIsNotOverriddenIsUnimplemented()
    {
        await using TestServer server = await TestServer.StartAsync(map: application => application.MapGrpcService<EmptyTensorService>());
        using GrpcChannel channel = server.Connect();
        using AsyncServerStreamingCall<Tensor> call =
            channel.CreateCallInvoker().AsyncServerStreamingCall(TensorServiceBase.DownloadMethod, null, default, new Tensor(0, 0));
        await Calls.FailsAsync(StatusCode.Unimplemented, () => call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task AttributesOfTheServiceAreTheEndpoints()
    {
        await using TestServer server = await TestServer.StartAsync(map: application =>
        {
            application.Use(async (context, next) =>
            {
                if (context.GetEndpoint()?.Metadata.GetMetadata<ForbiddenAttribute>() is not null)
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                else
                    await next(context);
            });
            application.MapGrpcService<EmptyTensorService>();
        });
        using GrpcChannel channel = server.Connect();
        CallInvoker invoker = channel.CreateCallInvoker();
        using AsyncClientStreamingCall<Tensor, Tensor> call = invoker.AsyncClientStreamingCall(TensorServiceBase.UploadMethod, null, default);
        await Calls.FailsAsync(StatusCode.PermissionDenied, () => call.ResponseAsync);
        Assert.Equal(3, (await server.Client(channel).EchoAsync(new Note { Number = 3 })).Number);
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class ForbiddenAttribute : Attribute;

    private sealed class EmptyTensorService : TensorServiceBase
    {
        [Forbidden]
        public override Task<Tensor> Upload(IAsyncStreamReader<Tensor> requestStream, ServerCallContext context) =>
            base.Upload(requestStream, context);
    }
}
