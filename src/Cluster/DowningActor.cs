using Akka.Actor;
using Akka.Cluster;
using Distributed.Protocol.Clusters;
using AkkaCluster = Akka.Cluster.Cluster;

namespace Distributed.Clustering;

/// <summary>Watches who is reachable, and does what <see cref="Downing"/> decides. Every node has one; nodes of one side decide the same.</summary>
internal sealed class DowningActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(250);

    private readonly AkkaCluster _cluster;
    private readonly TimeProvider _time;
    private string _lastView = "";
    private long _stableSince;

    public DowningActor(AkkaCluster cluster, TimeProvider time)
    {
        _cluster = cluster;
        _time = time;
        Receive<Tick>(_ => HandleTick());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, TickInterval);

    private void HandleTick()
    {
        ClusterEvent.CurrentClusterState state = _cluster.State;
        Member[] members = [.. state.Members.Where(member => member.Status is MemberStatus.Up or MemberStatus.WeaklyUp).Order(Member.AgeOrdering)];
        NodeView[] nodes =
            [.. members.Select(member => new NodeView(member.HasRole(ClusterNode.CanCoordinate), !state.Unreachable.Contains(member)))];
        string view = string.Join(',', members.Select((member, index) => $"{member.UniqueAddress} {nodes[index].IsReachable}"));
        if (view != _lastView)
        {
            _lastView = view;
            _stableSince = _time.GetTimestamp();
        }

        DowningDecision decision = Downing.Decide(nodes, _time.GetElapsedTime(_stableSince));
        if (decision.RemoveUnreachable)
        {
            foreach (Member lost in state.Unreachable.Where(member => member.Status != MemberStatus.Down))
            {
                _cluster.Down(lost.Address);
            }
        }
    }

    private sealed record Tick
    {
        internal static Tick Instance { get; } = new();
    }
}
