using Distributed.Protocol.Clusters;

namespace Distributed.Worker.Cluster;

/// <summary>The Akka.Cluster edition's way to the coordinator.</summary>
internal static class ClusterEdition
{
    /// <summary>Finds the coordinator by way of <paramref name="cluster"/>.</summary>
    internal static ICoordinatorLocator Locate(WorkerOptions options, ClusterOptions cluster, TimeProvider time, Action<string> log) =>
        new ClusterLocator(options, cluster, time, log);
}
