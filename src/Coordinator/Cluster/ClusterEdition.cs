using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Hosting;

namespace Distributed.Coordinator.Cluster;

/// <summary>The Akka.Cluster edition's way to train.</summary>
internal static class ClusterEdition
{
    /// <summary>Trains as <paramref name="session"/> does, in a cluster where the command line asks for one.</summary>
    internal static ITrainingSession Extend(TrainingSession session, TimeProvider time) => new ClusterSession(session, time);
}
