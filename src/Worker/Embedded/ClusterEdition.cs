using Distributed.Protocol;
using Distributed.Protocol.Clusters;

namespace Distributed.Worker.Cluster;

/// <summary>The embedded edition's place of the cluster: there is none.</summary>
internal static class ClusterEdition
{
    /// <summary>Refuses a cluster.</summary>
    internal static ICoordinatorLocator Locate(WorkerOptions options, ClusterOptions cluster, TimeProvider time, Action<string> log) =>
        throw new InputException(ClusterOptions.NotInThisEdition);
}
