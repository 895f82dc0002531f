using Grpc.Core;

namespace Distributed.Compat.Grpc.Tests.Fixtures;

/// <summary>The base class of a service with a marshaller of its own, as generated code would make it.</summary>
[BindServiceMethod(typeof(TensorServiceBase), nameof(BindService))]
internal abstract class TensorServiceBase
{
    private const string Name = "distributed.probe.Tensors";

    /// <summary>Returns each tensor as it came.</summary>
    public static readonly Method<Tensor, Tensor> ExchangeMethod =
        new(MethodType.DuplexStreaming, Name, nameof(Exchange), Tensor.Marshaller, Tensor.Marshaller);

    /// <summary>Takes tensors and answers with an empty one.</summary>
    public static readonly Method<Tensor, Tensor> UploadMethod =
        new(MethodType.ClientStreaming, Name, nameof(Upload), Tensor.Marshaller, Tensor.Marshaller);

    /// <summary>Sends the request's number of tensors of the request's size.</summary>
    public static readonly Method<Tensor, Tensor> DownloadMethod =
        new(MethodType.ServerStreaming, Name, nameof(Download), Tensor.Marshaller, Tensor.Marshaller);

    public static void BindService(ServiceBinderBase binder, TensorServiceBase? service)
    {
        binder.AddMethod(ExchangeMethod, service is null ? null : new DuplexStreamingServerMethod<Tensor, Tensor>(service.Exchange));
        binder.AddMethod(UploadMethod, service is null ? null : new ClientStreamingServerMethod<Tensor, Tensor>(service.Upload));
        binder.AddMethod(DownloadMethod, service is null ? null : new ServerStreamingServerMethod<Tensor, Tensor>(service.Download));
    }

    public virtual Task Exchange(IAsyncStreamReader<Tensor> requestStream, IServerStreamWriter<Tensor> responseStream, ServerCallContext context) =>
        throw new RpcException(new Status(StatusCode.Unimplemented, ""));

    public virtual Task<Tensor> Upload(IAsyncStreamReader<Tensor> requestStream, ServerCallContext context) =>
        throw new RpcException(new Status(StatusCode.Unimplemented, ""));

    public virtual Task Download(Tensor request, IServerStreamWriter<Tensor> responseStream, ServerCallContext context) =>
        throw new RpcException(new Status(StatusCode.Unimplemented, ""));
}

internal sealed class TensorService : TensorServiceBase
{
    public override async Task Exchange(
        IAsyncStreamReader<Tensor> requestStream, IServerStreamWriter<Tensor> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext())
        {
            using Tensor tensor = requestStream.Current;
            await responseStream.WriteAsync(tensor);
        }
    }

    public override async Task<Tensor> Upload(IAsyncStreamReader<Tensor> requestStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext())
            requestStream.Current.Dispose();
        return new Tensor(0, 0);
    }

    public override async Task Download(Tensor request, IServerStreamWriter<Tensor> responseStream, ServerCallContext context)
    {
        for (long i = 0; i < request.Number; i++)
            await responseStream.WriteAsync(request);
    }
}
