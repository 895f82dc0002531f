using Distributed.Compat.Grpc.Tests.Proto;
using Grpc.Core;

namespace Distributed.Compat.Grpc.Tests.Fixtures;

/// <summary>Does what the request's text asks for. What it saw of its calls' ends is in <see cref="ProbeLog"/>.</summary>
internal sealed class ProbeService(ProbeLog log) : Probe.ProbeBase
{
    public const string FailureDetail = "shard 5 is not yours: 100 % of it → worker-3\nask again";

    public override async Task<Note> Echo(Note request, ServerCallContext context)
    {
        switch (request.Text)
        {
            case "fail":
                throw new RpcException(
                    new Status(StatusCode.FailedPrecondition, FailureDetail),
                    new Metadata { { "reason", "stale-weights" }, { "digest-bin", new byte[] { 0, 1, 254, 255 } } });
            case "crash":
                throw new InvalidDataException("the handler's own trouble");
            case "null":
                return null!;
            case "wait":
                await log.WaitForCancellationAsync(context);
                break;
            case "status":
                context.Status = new Status(StatusCode.DataLoss, "set by the handler");
                break;
            case "metadata":
                await ReturnMetadataAsync(context);
                break;
            case "deadline":
                return new Note { Number = context.Deadline == DateTime.MaxValue ? -1 : context.Deadline.Ticks };
            case "peer":
                return new Note { Text = $"{context.Peer} {context.Method} {context.Host}" };
            case "identity":
                return new Note { Text = string.Join(",", context.AuthContext.PeerIdentity.Select(property => property.Value)) };
        }
        return request;
    }

    public override async Task<Note> Collect(IAsyncStreamReader<Note> requestStream, ServerCallContext context)
    {
        var sum = new Note();
        await foreach (Note note in requestStream.ReadAllAsync(context.CancellationToken))
        {
            if (note.Text == "fail")
                throw new RpcException(new Status(StatusCode.OutOfRange, "stop sending"));
            sum.Number += note.Number;
            sum.Text += note.Text;
        }
        return sum;
    }

    public override async Task Count(Note request, IServerStreamWriter<Note> responseStream, ServerCallContext context)
    {
        await log.RunAsync(context, async () =>
        {
            for (long i = 0; i < request.Number; i++)
                await responseStream.WriteAsync(new Note { Number = i, Payload = request.Payload });
            if (request.Text == "wait")
                await log.WaitForCancellationAsync(context);
            if (request.Text == "fail")
                throw new RpcException(new Status(StatusCode.Aborted, "after the messages"), new Metadata { { "sent", $"{request.Number}" } });
        });
    }

    public override async Task Chat(IAsyncStreamReader<Note> requestStream, IServerStreamWriter<Note> responseStream, ServerCallContext context)
    {
        await log.RunAsync(context, async () =>
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "greeting", "hello" } });
            await foreach (Note note in requestStream.ReadAllAsync())
            {
                if (note.Text == "fail")
                    throw new RpcException(new Status(StatusCode.ResourceExhausted, "enough"));
                if (note.Text == "bye")
                    return;
                await responseStream.WriteAsync(new Note { Text = note.Text, Number = 2 * note.Number, Payload = note.Payload });
            }
        });
    }

    private static async Task ReturnMetadataAsync(ServerCallContext context)
    {
        var headers = new Metadata();
        foreach (Metadata.Entry entry in context.RequestHeaders.Where(entry => entry.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            headers.Add(entry);
            context.ResponseTrailers.Add(entry);
        }
        await context.WriteResponseHeadersAsync(headers);
    }
}
