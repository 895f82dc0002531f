using Akka.Actor;
using Distributed.Clustering;
using Distributed.Protocol;
using Distributed.Protocol.Clusters;

namespace Distributed.Worker.Cluster;

/// <summary>
/// Makes this process a node of a cluster and listens to where the coordinator is. A node that was removed, or that is left without any coordinator, joins
/// again as a new one: the worker's link, if it has one, is not touched by that.
/// </summary>
internal sealed class ClusterLocator : ICoordinatorLocator
{
    private readonly WorkerOptions _options;
    private readonly ClusterOptions _cluster;
    private readonly TimeProvider _time;
    private readonly Action<string> _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _found = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private ClusterNode _node;
    private Task _living = Task.CompletedTask;
    private Action<WorkerEvent> _post = _ => { };
    private CoordinatorContact? _contact;

    internal ClusterLocator(WorkerOptions options, ClusterOptions cluster, TimeProvider time, Action<string> log)
    {
        ClusterSafety.Require(cluster, options.Tls, options.Insecure);
        _options = options;
        _cluster = cluster;
        _time = time;
        _log = log;
        _node = Join();
    }

    /// <inheritdoc/>
    public void Start(Action<WorkerEvent> post)
    {
        _post = post;
        _living = LiveAsync();
    }

    /// <inheritdoc/>
    public async Task<NodeAddress> FindAsync(CancellationToken stop)
    {
        await _found.Task.WaitAsync(stop).ConfigureAwait(false);
        lock (_lock)
        {
            return _contact!.Address;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _living.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _node.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private ClusterNode Join()
    {
        _log($"looking for the coordinator in the cluster of {string.Join(", ", _cluster.SeedNodes)}");
        return ClusterNode.Join(_cluster, _options.Tls, _time, node =>
            node.System.ActorOf(Props.Create(() => new WorkerNode(_options.Name, Hear, Over, node.GiveUp)), ClusterNode.ActorName));
    }

    private async Task LiveAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            string reason = await _node.Removed.WaitAsync(_stop.Token).ConfigureAwait(false);
            _log($"{reason}; joining the cluster again");
            await _node.DisposeAsync().ConfigureAwait(false);
            _node = Join();
        }
    }

    private void Hear(CoordinatorContact announced)
    {
        bool moved;
        string reason;
        lock (_lock)
        {
            (bool follow, reason) = CoordinatorChoice.Decide(_contact, announced);
            if (!follow)
            {
                return;
            }

            moved = _contact is not null;
            _contact = announced;
        }

        _log(reason);
        _found.TrySetResult();
        if (moved)
        {
            _post(new WorkerEvent.CoordinatorMoved(reason));
        }
    }

    private void Over(string reason) => _post(new WorkerEvent.RunOver(reason));
}
