using Distributed.Protocol.Clusters;

namespace Distributed.Worker;

/// <summary>The coordinator is where the command line said.</summary>
public sealed class FixedLocator(NodeAddress address) : ICoordinatorLocator
{
    /// <inheritdoc/>
    public void Start(Action<WorkerEvent> post)
    {
    }

    /// <inheritdoc/>
    public Task<NodeAddress> FindAsync(CancellationToken stop) => Task.FromResult(address);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
