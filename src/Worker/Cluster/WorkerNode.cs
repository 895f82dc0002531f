using Akka.Actor;
using Akka.Cluster;
using Distributed.Clustering;
using Distributed.Clustering.Messages;
using Distributed.Protocol.Clusters;
using AkkaCluster = Akka.Cluster.Cluster;

namespace Distributed.Worker.Cluster;

/// <summary>The worker's side of the cluster's few messages.</summary>
internal sealed class WorkerNode : ReceiveActor, IWithTimers
{
    /// <summary>How long a cluster may be without any coordinator or standby before this node looks for another at the seed nodes.</summary>
    private static readonly TimeSpan OrphanedMax = TimeSpan.FromSeconds(10);

    private readonly string _name;
    private readonly Action<CoordinatorContact> _hear;
    private readonly Action<string> _over;
    private readonly Action<string> _giveUp;

    public WorkerNode(string name, Action<CoordinatorContact> hear, Action<string> over, Action<string> giveUp)
    {
        _name = name;
        _hear = hear;
        _over = over;
        _giveUp = giveUp;
        Receive<CoordinatorAt>(HandleCoordinatorAt);
        Receive<RunEnded>(ended => _over(ended.Reason));
        Receive<ClusterEvent.IClusterDomainEvent>(_ => HandleClusterEvent());
        Receive<Orphaned>(_ => _giveUp("no coordinator and no standby is left in this cluster"));
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => AkkaCluster.Get(Context.System).Subscribe(
        Self,
        ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
        typeof(ClusterEvent.IMemberEvent),
        typeof(ClusterEvent.IReachabilityEvent));

    /// <inheritdoc/>
    protected override void PostStop() => AkkaCluster.Get(Context.System).Unsubscribe(Self);

    private void HandleCoordinatorAt(CoordinatorAt at)
    {
        if (at.Port is >= 1 and <= 65535 && Uri.CheckHostName(at.Host) != UriHostNameType.Unknown)
        {
            _hear(new CoordinatorContact(new NodeAddress(at.Host, at.Port), at.Term));
            Sender.Tell(new WorkerAt { Name = _name });
        }
    }

    private void HandleClusterEvent()
    {
        AkkaCluster cluster = AkkaCluster.Get(Context.System);
        ClusterEvent.CurrentClusterState state = cluster.State;
        bool isMember = state.Members.Any(member => member.UniqueAddress.Equals(cluster.SelfUniqueAddress));
        bool isOrphaned = isMember && !state.Members.Any(member => member.HasRole(ClusterNode.CanCoordinate) && !state.Unreachable.Contains(member));
        if (!isOrphaned)
        {
            Timers.Cancel(Orphaned.Instance);
        }
        else if (!Timers.IsTimerActive(Orphaned.Instance))
        {
            Timers.StartSingleTimer(Orphaned.Instance, Orphaned.Instance, OrphanedMax);
        }
    }

    private sealed record Orphaned
    {
        internal static Orphaned Instance { get; } = new();
    }
}
