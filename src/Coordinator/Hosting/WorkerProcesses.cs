using System.Security.Cryptography;
using System.Text;
using Akka.Actor;
using Distributed.Coordinator.Actors;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Training;
using Distributed.Coordinator.Transport;
using Distributed.Protocol;
using Distributed.Protocol.SharedMemory;

namespace Distributed.Coordinator.Hosting;

/// <summary>Workers that are processes: those that this program starts, and those that people start elsewhere.</summary>
internal sealed class WorkerProcesses : IRunWorkers
{
    private readonly PreparedRun _run;
    private readonly TransportSettings _settings;
    private readonly IRunRecorder _recorder;
    private readonly TimeProvider _time;
    private readonly SharedMemoryHost? _sharedMemory;
    private readonly int _spawn;
    private readonly Action<RunContact>? _reachable;
    private IActorRef? _coordinator;
    private TransportHost? _server;
    private LocalWorkers? _local;
    private bool _isDisposed;

    /// <param name="run">What is trained.</param>
    /// <param name="options">How many, and whose.</param>
    /// <param name="settings">How they reach this coordinator.</param>
    /// <param name="recorder">Told what happens before the run has an actor.</param>
    /// <param name="time">The clock.</param>
    /// <param name="reachable">Called once workers can reach this coordinator; null where nobody needs to know.</param>
    internal WorkerProcesses(
        PreparedRun run, TrainOptions options, TransportSettings settings, IRunRecorder recorder, TimeProvider time, Action<RunContact>? reachable)
    {
        _run = run;
        _settings = settings;
        _recorder = recorder;
        _time = time;
        _reachable = reachable;
        _spawn = options.Spawn ?? (settings.Listen is null ? options.Workers : 0);
        if (_spawn == 0 && settings.Listen is null)
        {
            throw new InputException("--spawn 0 without --listen leaves nobody to compute; add --listen HOST:PORT, or leave --spawn out.");
        }

        if (_spawn > 0 && settings.SharedMemory && SharedFolder.IsSupported)
        {
            byte[] secret = SHA256.HashData(Encoding.UTF8.GetBytes(settings.LocalToken));
            _sharedMemory = SharedMemoryHost.TryCreate(run.Weights, BitConverter.ToUInt64(secret), Report);
        }
    }

    /// <inheritdoc/>
    public bool OthersMayJoin => true;

    /// <inheritdoc/>
    public void Publish(WeightsVersion version)
    {
        if (SharedFolder.IsSupported)
        {
            _sharedMemory?.Publish(version);
        }
    }

    /// <inheritdoc/>
    public async Task StartAsync(ActorSystem system, IActorRef coordinator)
    {
        _coordinator = coordinator;
        var offer = new RunOffer(_run.Description, _run.Data.Train, _run.DataDigest, _run.Weights);
        WorkerLinks links = null!;
        var context = new LinkContext(offer, coordinator, link => StartProxy(system, link, coordinator, links), Report, _time);
        links = new WorkerLinks(context, _settings.HeartbeatLimit);
        if (SharedFolder.IsSupported)
        {
            _sharedMemory?.Start(links);
        }

        _server = await TransportHost.StartAsync(new TransportState(_settings, offer, links, _sharedMemory, _time)).ConfigureAwait(false);
        if (_settings.Listen is { } listen)
        {
            string protection = $"{(_settings.Tls is null ? "unencrypted" : "TLS")}, {(_settings.JoinToken is null ? "no token" : "token")}";
            Report("listening", $"listening on {listen} for workers ({protection})");
        }

        _local = new LocalWorkers(_spawn, _server.LocalPort, _settings.LocalToken, links.Close, Report, _time);
        _local.Start(reason =>
        {
            if (_settings.Listen is null)
            {
                coordinator.Tell(new FailRun(reason), ActorRefs.NoSender);
            }
        });
        _reachable?.Invoke(new RunContact(coordinator, links.FindLife));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (_local is not null)
        {
            await _local.DisposeAsync().ConfigureAwait(false);
        }

        if (_server is not null)
        {
            await _server.DisposeAsync().ConfigureAwait(false);
        }

        if (SharedFolder.IsSupported)
        {
            _sharedMemory?.Dispose();
        }
    }

    /// <summary>The proxy shares the coordinator's thread: handing it an assignment wakes nobody.</summary>
    private static IActorRef StartProxy(ActorSystem system, WorkerLink link, IActorRef coordinator, WorkerLinks links) => system.ActorOf(
        Props.Create(() => new WorkerProxy(link, coordinator, links.Quarantine)).WithDispatcher(ActorThreads.Coordinator),
        $"{link.Worker}-life-{link.Incarnation.Value}");

    private void Report(string text) => Report("transport", text);

    private void Report(string kind, string text)
    {
        var happened = new RunEvent(kind, text);
        if (_coordinator is { } coordinator)
        {
            coordinator.Tell(new Notice(happened), ActorRefs.NoSender);
        }
        else
        {
            _recorder.Report(happened, _run.Start.Next.Value);
        }
    }
}
