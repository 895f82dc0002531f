using System.Buffers;
using Distributed.Compat.Grpc.Tests.Fixtures;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;

namespace Distributed.Compat.Grpc.Tests.StandIn;

/// <summary>A message that breaks off in the middle must never be taken for a whole one, or for the start of the next.</summary>
public sealed class SerializerFailureTests
{
    [Fact]
    public async Task AClientsBrokenMessageEndsTheCall()
    {
        await using TestServer server = await TestServer.StartAsync(map: application => application.MapGrpcService<TensorService>());
        using GrpcChannel channel = server.Connect();
        Marshaller<Tensor> breaking = Marshallers.Create<Tensor>(BreakOff, Tensor.Marshaller.ContextualDeserializer);
        var method = new Method<Tensor, Tensor>(
            MethodType.DuplexStreaming, TensorServiceBase.ExchangeMethod.ServiceName, TensorServiceBase.ExchangeMethod.Name, breaking, Tensor.Marshaller);
        using AsyncDuplexStreamingCall<Tensor, Tensor> call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, default);
        using var tensor = new Tensor(1, 10);
        await Assert.ThrowsAsync<InvalidDataException>(() => call.RequestStream.WriteAsync(tensor).WaitAsync(Calls.Patience));
        await Calls.FailsAsync(StatusCode.Internal, () => call.ResponseStream.MoveNext());
        await Calls.FailsAsync(StatusCode.Internal, () => call.RequestStream.WriteAsync(tensor));
    }

    [Fact]
    public async Task AnUnreadableMessageEndsTheCallWithTheReason()
    {
        await using TestServer server = await TestServer.StartAsync(map: application => application.MapGrpcService<TensorService>());
        using GrpcChannel channel = server.Connect();
        Marshaller<Tensor> unreadable = Marshallers.Create<Tensor>(
            Tensor.Marshaller.ContextualSerializer, _ => throw new InvalidDataException("no tensor"));
        var method = new Method<Tensor, Tensor>(
            MethodType.DuplexStreaming, TensorServiceBase.ExchangeMethod.ServiceName, TensorServiceBase.ExchangeMethod.Name, Tensor.Marshaller, unreadable);
        using AsyncDuplexStreamingCall<Tensor, Tensor> call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, default);
        using var tensor = new Tensor(1, 10);
        await call.RequestStream.WriteAsync(tensor);
        RpcException exception = await Calls.FailsAsync(StatusCode.Internal, () => call.ResponseStream.MoveNext());
        Assert.Contains("no tensor", exception.Status.Detail, StringComparison.Ordinal);
    }

    private static void BreakOff(Tensor tensor, SerializationContext context)
    {
        context.SetPayloadLength(1000);
        context.GetBufferWriter().Write(new byte[10]);
        throw new InvalidDataException("the middle of a message");
    }
}
