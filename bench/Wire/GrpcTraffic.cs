using Distributed.Compat.Grpc.Tests.Fixtures;
using Grpc.Core;

namespace Distributed.Bench.Wire;

/// <summary>The same traffic as tensors in gRPC messages: written from floats, read into floats.</summary>
internal sealed class GrpcTraffic(CallInvoker invoker)
{
    public async Task UploadAsync(int messages, int messageBytes)
    {
        using var tensor = new Tensor(0, messageBytes / sizeof(float));
        using AsyncClientStreamingCall<Tensor, Tensor> call = invoker.AsyncClientStreamingCall(TensorServiceBase.UploadMethod, null, default);
        for (int i = 0; i < messages; i++)
            await call.RequestStream.WriteAsync(tensor);
        await call.RequestStream.CompleteAsync();
        (await call).Dispose();
    }

    public async Task DownloadAsync(int messages, int messageBytes)
    {
        using var tensor = new Tensor(messages, messageBytes / sizeof(float));
        using AsyncServerStreamingCall<Tensor> call = invoker.AsyncServerStreamingCall(TensorServiceBase.DownloadMethod, null, default, tensor);
        while (await call.ResponseStream.MoveNext())
            call.ResponseStream.Current.Dispose();
    }

    /// <summary>Both directions at once, without waiting for answers.</summary>
    public async Task ExchangeAsync(int messages, int messageBytes)
    {
        using AsyncDuplexStreamingCall<Tensor, Tensor> call = invoker.AsyncDuplexStreamingCall(TensorServiceBase.ExchangeMethod, null, default);
        Task sending = SendAsync(call.RequestStream, messages, messageBytes);
        while (await call.ResponseStream.MoveNext())
            call.ResponseStream.Current.Dispose();
        await sending;
    }

    /// <summary>One message there, the same message back, then the next.</summary>
    public async Task PingPongAsync(int messages, int messageBytes, Action afterEach)
    {
        using AsyncDuplexStreamingCall<Tensor, Tensor> call = invoker.AsyncDuplexStreamingCall(TensorServiceBase.ExchangeMethod, null, default);
        using var tensor = new Tensor(0, messageBytes / sizeof(float));
        for (int i = 0; i < messages; i++)
        {
            await call.RequestStream.WriteAsync(tensor);
            await call.ResponseStream.MoveNext();
            call.ResponseStream.Current.Dispose();
            afterEach();
        }
        await call.RequestStream.CompleteAsync();
        await call.ResponseStream.MoveNext();
    }

    private static async Task SendAsync(IClientStreamWriter<Tensor> requests, int messages, int messageBytes)
    {
        using var tensor = new Tensor(0, messageBytes / sizeof(float));
        for (int i = 0; i < messages; i++)
            await requests.WriteAsync(tensor);
        await requests.CompleteAsync();
    }
}
