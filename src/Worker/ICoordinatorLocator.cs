using Distributed.Protocol.Clusters;

namespace Distributed.Worker;

/// <summary>Knows where the coordinator is: where the command line said, or where a cluster says it has moved to.</summary>
public interface ICoordinatorLocator : IAsyncDisposable
{
    /// <summary>Begins to look. <paramref name="post"/> is told when the coordinator moves, and when the run is over.</summary>
    void Start(Action<WorkerEvent> post);

    /// <summary>Where the coordinator is now; waits until that is known.</summary>
    Task<NodeAddress> FindAsync(CancellationToken stop);
}
