using Akka.Actor;
using Akka.Cluster;
using Distributed.Clustering;
using Distributed.Clustering.Messages;
using Distributed.Coordinator.Actors;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Hosting;
using Distributed.Coordinator.Membership;
using Distributed.Coordinator.Training;
using Distributed.Protocol;
using Distributed.Protocol.Clusters;
using Distributed.Protocol.Wire;
using AkkaCluster = Akka.Cluster.Cluster;

namespace Distributed.Coordinator.Cluster;

/// <summary>
/// A coordinator's or standby's side of the cluster's few messages. While the run is here it tells every node where, and turns what the cluster says about
/// nodes into what links say about workers; <see cref="NodeMembership"/> decides which.
/// </summary>
internal sealed class CoordinatorNode : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan AnnouncementInterval = TimeSpan.FromMilliseconds(500);

    private readonly NodeAddress _dataPlane;
    private readonly Election _election;
    private readonly ITrainingObserver _observer;
    private readonly TimeProvider _time;
    private readonly Dictionary<Address, string> _workerNames = [];
    private Address? _coordinator;
    private RunContact? _run;

    public CoordinatorNode(NodeAddress dataPlane, Election election, ITrainingObserver observer, TimeProvider time)
    {
        _dataPlane = dataPlane;
        _election = election;
        _observer = observer;
        _time = time;
        Receive<RunContact>(HandleRun);
        Receive<Announce>(_ => Send(Announcement()));
        Receive<WorkerAt>(HandleWorkerAt);
        Receive<CoordinatorAt>(HandleCoordinatorAt);
        Receive<RunEnded>(HandleRunEnded);
        Receive<ClusterEvent.MemberUp>(up => Handle(NodeChange.Up, up.Member));
        Receive<ClusterEvent.UnreachableMember>(lost => Handle(NodeChange.Unreachable, lost.Member));
        Receive<ClusterEvent.ReachableMember>(back => Handle(NodeChange.Reachable, back.Member));
        Receive<ClusterEvent.MemberRemoved>(gone => Handle(NodeChange.Removed, gone.Member));
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private AkkaCluster Cluster => AkkaCluster.Get(Context.System);

    /// <inheritdoc/>
    protected override void PreStart() => Cluster.Subscribe(
        Self,
        ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
        typeof(ClusterEvent.MemberUp),
        typeof(ClusterEvent.MemberRemoved),
        typeof(ClusterEvent.IReachabilityEvent));

    /// <inheritdoc/>
    protected override void PostStop() => Cluster.Unsubscribe(Self);

    private void HandleRun(RunContact run)
    {
        _run = run;
        _coordinator = Cluster.SelfAddress;
        Timers.StartPeriodicTimer(Announce.Instance, Announce.Instance, TimeSpan.Zero, AnnouncementInterval);
    }

    private void HandleWorkerAt(WorkerAt at)
    {
        if (at.Name.Length is > 0 and <= ProtocolLimits.NameCharactersMax)
        {
            _workerNames[Sender.Path.Address] = at.Name;
        }
    }

    private void HandleCoordinatorAt(CoordinatorAt at)
    {
        if (_run is null)
        {
            _coordinator = Sender.Path.Address;
            _election.Say(new Verdict.Taken($"{at.Host}:{at.Port}"));
        }
    }

    /// <summary>From this node's own session it is passed on; from another node it ends the waiting.</summary>
    private void HandleRunEnded(RunEnded ended)
    {
        if (_run is not null)
        {
            Timers.Cancel(Announce.Instance);
            Send(ended);
        }
        else
        {
            _election.Say(new Verdict.Over(ended.ExitCode, ended.Reason));
        }
    }

    private void Handle(NodeChange change, Member member)
    {
        MembershipDecision decision = NodeMembership.Decide(change, FactsOf(member));
        switch (decision)
        {
            case MembershipDecision.Announce when _run is not null:
                SendTo(member, Announcement());
                break;
            case MembershipDecision.Lose lose:
                _run?.Coordinator.Tell(new Leave(lose.Worker, lose.Incarnation, lose.Reason), Self);
                break;
            case MembershipDecision.Tell tell when _run is not null:
                _run.Coordinator.Tell(new Notice(new RunEvent("cluster", tell.Reason)), Self);
                break;
            case MembershipDecision.Tell tell:
                _observer.Event(tell.Reason, change is NodeChange.Up or NodeChange.Reachable ? EventLevel.Information : EventLevel.Warning);
                break;
        }

        if (change == NodeChange.Unreachable && member.Address.Equals(_coordinator))
        {
            _election.CoordinatorLost(_time.GetTimestamp());
        }
    }

    private NodeFacts FactsOf(Member member) => new(
        $"{member.Address.Host}:{member.Address.Port}",
        member.UniqueAddress.Equals(Cluster.SelfUniqueAddress),
        !member.HasRole(ClusterNode.CanCoordinate) ? NodeRole.Worker : member.Address.Equals(_coordinator) ? NodeRole.Coordinator : NodeRole.Standby,
        _workerNames.TryGetValue(member.Address, out string? name) ? _run?.FindLife(name) : null);

    private CoordinatorAt Announcement() => new() { Host = _dataPlane.Host, Port = _dataPlane.Port, Term = _run!.Term };

    private void Send(object message)
    {
        foreach (Member member in Cluster.State.Members)
        {
            SendTo(member, message);
        }
    }

    private void SendTo(Member member, object message)
    {
        if (!member.UniqueAddress.Equals(Cluster.SelfUniqueAddress))
        {
            Context.ActorSelection(new RootActorPath(member.Address) / "user" / ClusterNode.ActorName).Tell(message, Self);
        }
    }

    private sealed record Announce
    {
        internal static Announce Instance { get; } = new();
    }
}
