using Distributed.Numerics.Models;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;
using Distributed.Protocol.Wire;
using Distributed.Protocol.Wire.Messages;
using Distributed.Worker;
using Grpc.Core;
using Join = Distributed.Protocol.Wire.Messages.Join;

namespace Distributed.EndToEnd.Processes;

/// <summary>A worker that speaks the protocol and computes nothing: what it sends is the test's choice.</summary>
internal sealed class FakeWorker : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Connection _connection;
    private readonly AsyncDuplexStreamingCall<WorkerFrame, CoordinatorFrame> _call;
    private WeightsBuffer? _weights;
    private Task _beating = Task.CompletedTask;

    private FakeWorker(Connection connection)
    {
        _connection = connection;
        _call = connection.Calls.AsyncDuplexStreamingCall(
            TrainingMethods.Train(CoordinatorFrame.ReaderInto(() => _weights)), null, new CallOptions(connection.Headers, cancellationToken: _stop.Token));
    }

    /// <summary>The run, as the coordinator described it.</summary>
    internal RunDescription Run { get; private set; } = null!;

    /// <summary>Joins the coordinator at <paramref name="port"/> as a worker that is ready, and beats.</summary>
    internal static async Task<FakeWorker> JoinAsync(int port, string name)
    {
        var options = new WorkerOptions { Host = "127.0.0.1", Port = port, Name = name, Threads = 1 };
        var fake = new FakeWorker(new Connection(options));
        Welcome welcome = (await fake.AskAsync(name, processKey: name)).Welcome;
        fake.Run = RunCodec.Decode(welcome.Run);
        fake._weights = new WeightsBuffer(new float[fake.Run.Layout.Count]);
        fake._beating = new HeartbeatLoop(options, welcome, TimeProvider.System).RunAsync(fake._stop.Token);
        await fake.SendAsync(new FromWorker { Ready = new Ready() });
        return fake;
    }

    /// <summary>Why the coordinator does not let the process <paramref name="processKey"/> join as <paramref name="name"/>.</summary>
    internal static async Task<Refusal> RefusalAsync(int port, string name, string processKey)
    {
        await using var fake = new FakeWorker(new Connection(new WorkerOptions { Host = "127.0.0.1", Port = port, Name = name, Threads = 1 }));
        FromCoordinator answer = await fake.AskAsync(name, processKey);
        Assert.Equal(FromCoordinator.KindOneofCase.Refusal, answer.KindCase);
        return answer.Refusal;
    }

    /// <summary>Waits for work and returns a right frame for its first node, the gradient apart; <paramref name="gradient"/> may have any length.</summary>
    internal async Task<WorkerFrame> AnswerAsync(float[] gradient)
    {
        while (await _call.ResponseStream.MoveNext(_stop.Token))
        {
            if (_call.ResponseStream.Current.Control.Assignment is { } work)
            {
                MicrobatchPlan plan = Run.Schedule.At(new StepNumber(work.Step)).Microbatches;
                MicrobatchRange node = ReductionTree.LargestNode(new MicrobatchRange(work.FirstMicrobatch, work.Microbatches), plan.Count);
                var header = new PartialHeader
                {
                    Step = work.Step,
                    FirstMicrobatch = node.First,
                    Microbatches = node.Count,
                    Samples = plan.SampleCount(node),
                };
                return new WorkerFrame(new FromWorker { Partial = header }, gradient);
            }
        }

        throw new IOException("the coordinator ended the stream");
    }

    private async Task<FromCoordinator> AskAsync(string name, string processKey)
    {
        await SendAsync(new FromWorker
        {
            Join = new Join { ProtocolVersion = ProtocolVersion.Current, ProgramVersion = ProtocolVersion.Program, Name = name, ProcessKey = processKey },
        });
        Assert.True(await _call.ResponseStream.MoveNext(_stop.Token));
        return _call.ResponseStream.Current.Control;
    }

    internal Task SendAsync(WorkerFrame frame) => _call.RequestStream.WriteAsync(frame);

    internal Task SendAsync(FromWorker message) => SendAsync(new WorkerFrame(message));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _call.Dispose();
        _connection.Dispose();
    }
}
