using Akka.Actor;
using Akka.Cluster;
using AkkaCluster = Akka.Cluster.Cluster;

namespace Distributed.Clustering;

/// <summary>Makes the actor that gives unreachable nodes up; cluster.conf names this class, and Akka makes it.</summary>
internal sealed class TrainingDowning(ActorSystem system, AkkaCluster cluster) : IDowningProvider
{
    /// <summary>None: the run's folder lets only the newest coordinator write, so nobody needs to wait until the old one has stopped.</summary>
    public TimeSpan DownRemovalMargin => TimeSpan.Zero;

    /// <inheritdoc/>
    public Props DowningActorProps
    {
        get
        {
            TimeProvider time = system.Settings.Setup.Get<ClockSetup>().Value.Time;
            return Props.Create(() => new DowningActor(cluster, time));
        }
    }
}
