using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Hosting;
using Distributed.Protocol;
using Distributed.Protocol.Clusters;

namespace Distributed.Coordinator.Cluster;

/// <summary>The embedded edition's place of the cluster: there is none.</summary>
internal static class ClusterEdition
{
    /// <summary>Trains as <paramref name="session"/> does; refuses a cluster.</summary>
    internal static ITrainingSession Extend(TrainingSession session, TimeProvider time) => new Alone(session);

    private sealed class Alone(TrainingSession session) : ITrainingSession
    {
        public Task<TrainingOutcome> RunAsync(TrainOptions options, ITrainingObserver observer, CancellationToken stop) =>
            options.Cluster is null ? session.RunAsync(options, observer, stop) : throw new InputException(ClusterOptions.NotInThisEdition);
    }
}
