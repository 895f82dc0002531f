using Distributed.Numerics.Kernels;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;
using Distributed.Protocol.SharedMemory;
using Distributed.Protocol.Wire;
using Distributed.Protocol.Wire.Messages;
using Grpc.Core;

namespace Distributed.Worker;

/// <summary>
/// One life of the worker on the wire: joins, prepares, computes, until the link ends. Tells what happens as events and decides nothing.
/// </summary>
/// <param name="options">The command line.</param>
/// <param name="processKey">Tells this process from others of its name.</param>
/// <param name="cache">Datasets.</param>
/// <param name="time">The clock.</param>
/// <param name="post">Takes events.</param>
internal sealed class CoordinatorLink(WorkerOptions options, string processKey, DatasetCache cache, TimeProvider time, Action<WorkerEvent> post)
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _writing = new(1);
    private IClientStreamWriter<WorkerFrame>? _output;
    private IWorkPort? _port;
    private ComputeTeam? _team;
    private Task _sending = Task.CompletedTask;
    private string? _reason;

    /// <summary>Lives life number <paramref name="life"/> of this process. Its end is posted as an event, whatever it is.</summary>
    internal async Task RunAsync(int life)
    {
        try
        {
            using var connection = new Connection(options);
            await LiveAsync(connection, life).ConfigureAwait(false);
        }
        catch (Exception error) when (error is RpcException or IOException or WireException or InputException or OperationCanceledException)
        {
            post(_reason is null ? LinkFailure.EventOf(error, options) : new WorkerEvent.LinkLost(_reason));
        }
        finally
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await CloseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends this life without a word: the coordinator is not the one to talk to any more.</summary>
    internal void Abandon(string reason)
    {
        _reason ??= reason;
        _stop.Cancel();
    }

    /// <summary>Finishes what was begun, and says goodbye.</summary>
    internal async Task DrainAsync(string reason)
    {
        try
        {
            if (_port is not null && _team is not null)
            {
                _port.Stop();
                await _team.Done.ConfigureAwait(false);
                (_port as StreamPort)?.Complete();
                await _sending.ConfigureAwait(false);
            }

            await WriteAsync(new FromWorker { Leaving = new Leaving { Reason = reason } }).ConfigureAwait(false);
            await _output!.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is RpcException or IOException or InvalidOperationException or OperationCanceledException)
        {
            // The link is gone, and with it whoever could be told.
        }

        post(new WorkerEvent.Drained());
    }

    private async Task LiveAsync(Connection connection, int life)
    {
        using AsyncDuplexStreamingCall<WorkerFrame, CoordinatorFrame> call = connection.Calls.AsyncDuplexStreamingCall(
            TrainingMethods.Train(CoordinatorFrame.ReaderInto(() => _port?.Weights)),
            null,
            new CallOptions(connection.Headers, cancellationToken: _stop.Token));
        _output = call.RequestStream;
        await WriteAsync(JoinOf(life)).ConfigureAwait(false);
        FromCoordinator first = await NextAsync(call.ResponseStream).ConfigureAwait(false)
            ?? throw new WireException("the coordinator closed the connection without an answer");
        if (first.KindCase == FromCoordinator.KindOneofCase.Refusal)
        {
            post(new WorkerEvent.Refused(first.Refusal.Reason, first.Refusal.Permanent));
            return;
        }

        if (first.KindCase != FromCoordinator.KindOneofCase.Welcome)
        {
            throw new WireException($"the coordinator's first message is {first.KindCase}, not Welcome");
        }

        Welcome welcome = first.Welcome;
        post(new WorkerEvent.Welcomed(new WorkerId(welcome.Worker), new Incarnation(welcome.Incarnation)));
        Task beating = BeatAsync(welcome);
        await PrepareAsync(connection, welcome).ConfigureAwait(false);
        await ReadAsync(call.ResponseStream).ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await beating.ConfigureAwait(false);
    }

    private async Task ReadAsync(IAsyncStreamReader<CoordinatorFrame> input)
    {
        while (await NextAsync(input).ConfigureAwait(false) is { } message)
        {
            switch (message.KindCase)
            {
                case FromCoordinator.KindOneofCase.Assignment when _port is StreamPort port:
                    port.Add(AssignmentOf(message.Assignment));
                    break;
                case FromCoordinator.KindOneofCase.Weights:
                    break;
                case FromCoordinator.KindOneofCase.Over:
                    post(new WorkerEvent.RunOver(message.Over.Reason));
                    await _output!.CompleteAsync().ConfigureAwait(false);
                    return;
                default:
                    throw new WireException($"the coordinator sent a message of kind {message.KindCase}, which is not expected here");
            }
        }

        post(new WorkerEvent.LinkLost($"{options.Address} closed the connection"));
    }

    private async Task PrepareAsync(Connection connection, Welcome welcome)
    {
        RunDescription run = RunCodec.Decode(welcome.Run);
        var digest = new Digest(welcome.DatasetDigest);
        Dataset samples = await Task.Run(() => cache.Get(digest, welcome.DatasetBytes, () => Fetch(connection, welcome.DatasetDigest))).ConfigureAwait(false);
        (_port, Ready ready) = OpenPort(welcome, run.Layout.Count);
        var identity = new WorkerIdentity(new WorkerId(welcome.Worker), new Incarnation(welcome.Incarnation), options.Name);
        GradientComputation[] computations =
            Enumerable.Range(0, options.Threads).Select(_ => new GradientComputation(run, samples, InstructionSets.Best)).ToArray();
        await Task.Run(() => WarmUp(computations[0], identity, run.Layout.Count)).ConfigureAwait(false);
        _team = new ComputeTeam(_port, computations.Select(computation => new ShardComputation(identity, computation, _port.Weights)).ToArray());
        _team.Start();
        _ = ReportFailureAsync(_team);
        if (_port is StreamPort stream)
        {
            _sending = SendAllAsync(stream);
        }

        await WriteAsync(new FromWorker { Ready = ready }).ConfigureAwait(false);
        post(new WorkerEvent.Prepared(ready.SharedMemory ? "tensors by shared memory" : "tensors by the network"));
    }

    /// <summary>Has the arithmetic compiled before the coordinator counts on this worker: nobody waits for a newcomer's first step.</summary>
    private static void WarmUp(GradientComputation computation, WorkerIdentity identity, int parameters)
    {
        Partial partial = new PartialPool(parameters).Rent();
        var first = new StepNumber(0);
        foreach (int microbatches in new[] { 1, computation.MicrobatchCount(first) })
        {
            partial.Address(identity.Id, identity.Incarnation, first, new MicrobatchRange(0, microbatches));
            computation.Compute(partial, new float[parameters]);
        }
    }

    private ChunkStream Fetch(Connection connection, string digest)
    {
        AsyncServerStreamingCall<DatasetChunk> call = connection.Calls.AsyncServerStreamingCall(
            TrainingMethods.FetchDataset, null, new CallOptions(connection.Headers, cancellationToken: _stop.Token), new DatasetRequest { Digest = digest });
        return new ChunkStream(call.ResponseStream, _stop.Token);
    }

    private static (IWorkPort Port, Ready Ready) OpenPort(Welcome welcome, int parameters)
    {
        if (welcome.SharedMemory is not { } offer)
        {
            return (new StreamPort(parameters), new Ready());
        }

        if (!SharedFolder.IsSupported)
        {
            return (new StreamPort(parameters), new Ready { Reason = "this system has no shared memory that this program can use" });
        }

        try
        {
            return (new SharedMemoryPort(offer, parameters), new Ready { SharedMemory = true });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (new StreamPort(parameters), new Ready { Reason = error.Message });
        }
    }

    private async Task SendAllAsync(StreamPort port)
    {
        await foreach (Partial partial in port.Partials.ReadAllAsync(_stop.Token).ConfigureAwait(false))
        {
            var header = new PartialHeader
            {
                Step = partial.Step.Value,
                FirstMicrobatch = partial.Node.First,
                Microbatches = partial.Node.Count,
                LossSum = partial.Statistics.LossSum,
                Correct = partial.Statistics.Correct,
                Samples = partial.Statistics.Samples,
            };
            await WriteAsync(new FromWorker { Partial = header }, partial.GradientMemory).ConfigureAwait(false);
            partial.Return();
        }
    }

    /// <summary>An exception of the computation is told to the coordinator first, whole.</summary>
    private async Task ReportFailureAsync(ComputeTeam team)
    {
        if (await team.Done.ConfigureAwait(false) is not { } failure)
        {
            return;
        }

        string details = failure.ToString();
        details = details.Length <= ProtocolLimits.DetailsCharactersMax ? details : details[..ProtocolLimits.DetailsCharactersMax];
        try
        {
            await WriteAsync(new FromWorker { Failed = new Failed { Message = failure.Message, Details = details } }).ConfigureAwait(false);
            await _output!.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is RpcException or IOException or InvalidOperationException or OperationCanceledException)
        {
            // The log here still has it.
        }

        post(new WorkerEvent.Failed(details));
    }

    private async Task BeatAsync(Welcome welcome)
    {
        if (await new HeartbeatLoop(options, welcome, time).RunAsync(_stop.Token).ConfigureAwait(false) is { } reason)
        {
            _reason = reason;
            await _stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task CloseAsync()
    {
        _port?.Abandon();
        if (_team is not null)
        {
            await _team.Done.ConfigureAwait(false);
        }

        (_port as StreamPort)?.Complete();
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _port?.Dispose();
    }

    private async Task WriteAsync(FromWorker message, ReadOnlyMemory<float> gradient = default)
    {
        await _writing.WaitAsync(_stop.Token).ConfigureAwait(false);
        try
        {
            await _output!.WriteAsync(new WorkerFrame(message, gradient)).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<FromCoordinator?> NextAsync(IAsyncStreamReader<CoordinatorFrame> input) =>
        await input.MoveNext(_stop.Token).ConfigureAwait(false) ? input.Current.Control : null;

    private FromWorker JoinOf(int life) => new()
    {
        Join = new Protocol.Wire.Messages.Join
        {
            ProtocolVersion = ProtocolVersion.Current,
            ProgramVersion = ProtocolVersion.Program,
            Name = options.Name,
            ProcessKey = processKey,
            Life = life,
        },
    };

    private static Assignment AssignmentOf(AssignmentMessage message) => new(
        new StepNumber(message.Step),
        new WeightsVersion(message.WeightsVersion),
        new MicrobatchRange(message.FirstMicrobatch, message.Microbatches));
}
