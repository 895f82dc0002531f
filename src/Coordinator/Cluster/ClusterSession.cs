using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using Distributed.Clustering;
using Distributed.Clustering.Messages;
using Distributed.Coordinator.Actors;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Hosting;
using Distributed.Coordinator.Membership;
using Distributed.Protocol;
using Distributed.Protocol.Clusters;

namespace Distributed.Coordinator.Cluster;

/// <summary>
/// Trains as a node of a cluster: waits until the cluster makes this node the coordinator, points the workers here, and ends without another write once
/// the cluster has gone on without it. A standby goes on from the newest complete checkpoint in the run's folder.
/// </summary>
internal sealed class ClusterSession(TrainingSession session, TimeProvider time) : ITrainingSession
{
    /// <inheritdoc/>
    public Task<TrainingOutcome> RunAsync(TrainOptions options, ITrainingObserver observer, CancellationToken stop) =>
        options.Cluster is { } cluster ? RunAsync(options, cluster, observer, stop) : session.RunAsync(options, observer, stop);

    private async Task<TrainingOutcome> RunAsync(TrainOptions options, ClusterOptions cluster, ITrainingObserver observer, CancellationToken stop)
    {
        Transport.TransportSettings transport = TransportSetup.Read(options);
        ClusterSafety.Require(cluster, transport.Tls, options.Insecure);
        var election = new Election(cluster.Role);
        await using ClusterNode node = ClusterNode.Join(cluster, transport.Tls, time, node => StartActors(node, options, election, observer));
        observer.Event($"node {node.Own} joins the cluster of {string.Join(", ", cluster.SeedNodes)}", EventLevel.Information);
        switch (await election.WaitAsync(node.Removed, stop).ConfigureAwait(false))
        {
            case Verdict.Over over:
                observer.Event($"the run is over: {over.Reason}", EventLevel.Information);
                return Ended(options, over.ExitCode);
            case Verdict.Removed removed:
                observer.Event($"{removed.Reason}; start this node again", EventLevel.Error);
                return Ended(options, ExitCode.Failed);
            case Verdict.Taken taken when cluster.Role == NodeRole.Coordinator:
                throw new InputException(
                    $"--role coordinator: the cluster has a coordinator already, at {taken.Address}; "
                        + "give --role standby --run-dir DIR to wait for its place");
            default:
                return await CoordinateAsync(options, cluster, node, election, observer, stop).ConfigureAwait(false);
        }
    }

    private async Task<TrainingOutcome> CoordinateAsync(
        TrainOptions options, ClusterOptions cluster, ClusterNode node, Election election, ITrainingObserver observer, CancellationToken stop)
    {
        bool takesOver = cluster.Role == NodeRole.Standby;
        if (takesOver)
        {
            observer.Event($"this standby is the coordinator now: going on with the run in {options.RunDirectory}", EventLevel.Warning);
        }

        TrainOptions own = takesOver ? options with { Resume = options.RunDirectory, RunDirectory = null } : options;
        ITrainingObserver watching = takesOver ? new TakeoverObserver(observer, election.LostAt, time) : observer;
        try
        {
            TrainingOutcome outcome = await session.RunAsync(own, watching, contact => Begin(node, contact), stop).ConfigureAwait(false);
            if (!outcome.IsSuperseded)
            {
                TellEnd(node, outcome.ExitCode, outcome.ExitCode == ExitCode.Done ? "every epoch is done" : "the coordinator has ended");
            }

            return outcome;
        }
        catch (Exception error)
        {
            TellEnd(node, error is InputException ? ExitCode.BadInput : ExitCode.Failed, error.Message);
            throw;
        }
    }

    private void StartActors(ClusterNode node, TrainOptions options, Election election, ITrainingObserver observer)
    {
        NodeAddress dataPlane = DataPlane(options, node.Own);
        ActorSystem system = node.System;
        system.ActorOf(Props.Create(() => new CoordinatorNode(dataPlane, election, observer, time)), ClusterNode.ActorName);
        ClusterSingletonManagerSettings settings =
            ClusterSingletonManagerSettings.Create(system).WithRole(ClusterNode.CanCoordinate).WithSingletonName("coordinator");
        Props singleton = Props.Create(() => new CoordinatorSingleton(election));
        system.ActorOf(ClusterSingletonManager.Props(singleton, PoisonPill.Instance, settings), "singleton");
    }

    /// <summary>What workers are told: the host as it was written where it is one, else this node's.</summary>
    private static NodeAddress DataPlane(TrainOptions options, NodeAddress own)
    {
        NodeAddress listen = NodeAddress.Parse("--listen", options.Listen!);
        return listen.Host is "0.0.0.0" or "::" ? listen with { Host = own.Host } : listen;
    }

    private static void Begin(ClusterNode node, RunContact contact)
    {
        NodeActor(node).Tell(contact, ActorRefs.NoSender);

        // A standby needs one complete checkpoint to begin from.
        contact.Coordinator.Tell(new SaveCheckpoint(), ActorRefs.NoSender);
        node.Removed.ContinueWith(
            _ =>
            {
                var self = new NodeFacts(node.Own.ToString(), IsSelf: true, NodeRole.Coordinator, null);
                contact.Coordinator.Tell(new FailRun(NodeMembership.Decide(NodeChange.Removed, self).Reason), ActorRefs.NoSender);
            },
            TaskScheduler.Default);
    }

    private static void TellEnd(ClusterNode node, int exitCode, string reason)
    {
        if (!node.Removed.IsCompleted)
        {
            NodeActor(node).Tell(new RunEnded { ExitCode = exitCode, Reason = reason }, ActorRefs.NoSender);
        }
    }

    private static ActorSelection NodeActor(ClusterNode node) => node.System.ActorSelection($"/user/{ClusterNode.ActorName}");

    private static TrainingOutcome Ended(TrainOptions options, int exitCode) =>
        new() { ExitCode = exitCode, RunDirectory = options.RunDirectory ?? options.Resume ?? "" };
}
