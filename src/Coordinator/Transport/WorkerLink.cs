using System.Runtime.Versioning;
using System.Threading.Channels;
using Akka.Actor;
using Distributed.Numerics;
using Distributed.Numerics.Models;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;
using Distributed.Protocol.SharedMemory;
using Distributed.Protocol.Wire;
using Distributed.Protocol.Wire.Messages;
using Grpc.Core;

namespace Distributed.Coordinator.Transport;

/// <summary>
/// One life of a worker of another process: reads what it sends, writes what it is sent. Its end, whatever the cause, is told to the proxy
/// once, with the reason.
/// </summary>
internal sealed class WorkerLink : IDisposable
{
    private static readonly TimeSpan GoodbyeMax = TimeSpan.FromSeconds(2);

    private readonly Channel<Outgoing> _outgoing = Channel.CreateUnbounded<Outgoing>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _closing = new();
    private readonly LinkContext _context;
    private IActorRef? _proxy;
    private CoordinatorChannel? _offered;
    private CoordinatorChannel? _channel;
    private string? _reason;
    private bool _isOver;

    internal WorkerLink(LinkContext context, WorkerId worker, Incarnation incarnation, string name, string processKey, string address)
    {
        _context = context;
        Worker = worker;
        Incarnation = incarnation;
        Name = name;
        ProcessKey = processKey;
        ShownName = $"{name}, {address}";
        LastHeard = context.Time.GetTimestamp();
    }

    internal WorkerId Worker { get; }

    internal Incarnation Incarnation { get; }

    internal string Name { get; }

    internal string ProcessKey { get; }

    /// <summary>With its address.</summary>
    internal string ShownName { get; }

    /// <summary>When it was last heard of, as a timestamp.</summary>
    internal long LastHeard { get; private set; }

    /// <summary>Lives until the worker leaves, the link breaks, the run ends or <see cref="Close"/> is called.</summary>
    internal async Task RunAsync(
        Welcome welcome,
        CoordinatorChannel? offered,
        IAsyncStreamReader<WorkerFrame> input,
        IServerStreamWriter<CoordinatorFrame> output,
        CancellationToken aborted)
    {
        _offered = offered;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(aborted, _closing.Token);
        Task writing = WriteAllAsync(welcome, output, stop.Token);
        try
        {
            while (await input.MoveNext(stop.Token).ConfigureAwait(false))
            {
                Take(input.Current);
            }

            _reason ??= _isOver ? "the run is over" : "it closed the connection";
        }
        catch (Exception error) when (error is not CheckException)
        {
            _reason ??= ReasonOf(error);
        }
        finally
        {
            // Only now does nobody write to the response any more.
            _outgoing.Writer.TryComplete();
            await stop.CancelAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            End();
        }
    }

    /// <summary>The proxy has work for the worker.</summary>
    internal void Assign(Assignment assignment)
    {
        if (_channel is { } channel && SharedFolder.IsSupported)
        {
            if (!channel.TryAssign(assignment))
            {
                Close("it has left too many assignments unanswered");
            }
        }
        else
        {
            _outgoing.Writer.TryWrite(new Outgoing.Work(assignment));
        }
    }

    /// <summary>The run is over: the worker is told, and given a moment to hang up.</summary>
    internal void End(string reason)
    {
        _isOver = true;
        _reason ??= "the run is over";
        _outgoing.Writer.TryWrite(new Outgoing.Over(reason));
        _closing.CancelAfter(GoodbyeMax);
    }

    /// <summary>Ends the link because of something on this side.</summary>
    internal void Close(string reason)
    {
        _reason ??= reason;
        _closing.Cancel();
    }

    /// <summary>The worker's heart beats.</summary>
    internal void Beat()
    {
        LastHeard = _context.Time.GetTimestamp();
        _context.Coordinator.Tell(new Distributed.Protocol.Heartbeat(Worker, Incarnation), _proxy ?? ActorRefs.NoSender);
    }

    /// <summary>Passes on what the worker has written to shared memory. True when there was something.</summary>
    [SupportedOSPlatform("linux")]
    internal bool CollectShared()
    {
        bool any = false;
        while (_channel?.TryCollect(Worker, Incarnation) is { } partial)
        {
            any = true;
            Deliver(partial);
        }

        return any;
    }

    /// <inheritdoc/>
    public void Dispose() => _closing.Dispose();

    private void Take(WorkerFrame frame)
    {
        FromWorker message = frame.Control;
        if (message.KindCase == FromWorker.KindOneofCase.Ready)
        {
            Start(message.Ready);
            return;
        }

        if (_proxy is null)
        {
            throw new WireException($"a {message.KindCase} came before the worker was ready");
        }

        switch (message.KindCase)
        {
            case FromWorker.KindOneofCase.Partial:
                Deliver(PartialOf(message.Partial, frame.Received!));
                break;
            case FromWorker.KindOneofCase.Failed:
                _context.Coordinator.Tell(new WorkerFailed(Worker, Incarnation, Cut(message.Failed.Message), Cut(message.Failed.Details)), _proxy);
                Close($"it failed: {Cut(message.Failed.Message)}");
                break;
            case FromWorker.KindOneofCase.Leaving:
                _reason ??= $"it left: {Cut(message.Leaving.Reason)}";
                break;
            default:
                throw new WireException($"a message of kind {message.KindCase}, which is not expected here");
        }
    }

    private void Start(Ready ready)
    {
        if (_proxy is not null)
        {
            throw new WireException("the worker said twice that it is ready");
        }

        if (ready.SharedMemory && _offered is null)
        {
            throw new WireException("the worker uses shared memory that was not offered");
        }

        if (ready.SharedMemory)
        {
            _channel = _offered;
        }
        else if (ready.Reason.Length > 0)
        {
            _context.Report($"{Worker} ({ShownName}) does not use shared memory: {Cut(ready.Reason)}");
        }

        _proxy = _context.StartProxy(this);
    }

    private void Deliver(Partial partial)
    {
        if (PartialCheck.Problem(_context.Offer.Run, partial) is { } problem)
        {
            partial.Return();
            Close($"it sent {problem}");
            return;
        }

        _context.Coordinator.Tell(partial, _proxy!);
    }

    private Partial PartialOf(PartialHeader header, TensorLease gradient)
    {
        if (gradient.Memory.Length != _context.Offer.Run.Layout.Count)
        {
            int floats = gradient.Memory.Length;
            gradient.Release();
            throw new WireException($"a gradient of {floats} floats; the network has {_context.Offer.Run.Layout.Count} parameters");
        }

        var partial = new Partial(gradient, gradient.Memory);
        partial.Address(Worker, Incarnation, new StepNumber(header.Step), new MicrobatchRange(header.FirstMicrobatch, header.Microbatches));
        partial.Statistics = new PartialStatistics(header.LossSum, header.Correct, header.Samples);
        return partial;
    }

    private async Task WriteAllAsync(Welcome welcome, IServerStreamWriter<CoordinatorFrame> output, CancellationToken stop)
    {
        try
        {
            await output.WriteAsync(new CoordinatorFrame(new FromCoordinator { Welcome = welcome }), stop).ConfigureAwait(false);
            WeightsSender? weights = null;
            await foreach (Outgoing next in _outgoing.Reader.ReadAllAsync(stop).ConfigureAwait(false))
            {
                if (next is Outgoing.Work work)
                {
                    weights ??= new WeightsSender(_context.Offer.Weights, output);
                    await weights.SendAsync(work.Assignment, stop).ConfigureAwait(false);
                }
                else if (next is Outgoing.Over over)
                {
                    await output.WriteAsync(new CoordinatorFrame(new FromCoordinator { Over = new Over { Reason = over.Reason } }), stop).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            Close(ReasonOf(error));
        }
    }

    private void End()
    {
        if (SharedFolder.IsSupported)
        {
            _offered?.Close();
        }

        _proxy?.Tell(new LinkClosed(_reason ?? "the connection ended"), ActorRefs.NoSender);
    }

    private static string ReasonOf(Exception error) => error switch
    {
        WireException => $"it sent what the protocol does not allow: {error.Message}",
        OperationCanceledException or IOException => "the connection broke (the process ended, or the network is cut)",
        RpcException rpc => $"the connection broke: {rpc.Status.Detail}",
        _ => $"the connection broke: {error.Message}",
    };

    private static string Cut(string text) =>
        text.Length <= ProtocolLimits.DetailsCharactersMax ? text : string.Concat(text.AsSpan(0, ProtocolLimits.DetailsCharactersMax), " …");
}
