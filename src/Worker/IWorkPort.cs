using Distributed.Protocol;

namespace Distributed.Worker;

/// <summary>Where a worker's threads get their work from, and where the results go: a stream, or shared memory.</summary>
public interface IWorkPort : IDisposable
{
    /// <summary>The weights, kept up to date by whoever is on the other side.</summary>
    WeightsBuffer Weights { get; }

    /// <summary>The next assignment; waits for it. Null when there will be none. Called from one thread.</summary>
    Assignment? Take();

    /// <summary>Memory for a partial; may wait. Null when it is of no use any more.</summary>
    Partial? Rent();

    /// <summary>Sends a partial that was rented here.</summary>
    void Deliver(Partial partial);

    /// <summary>What comes from now on is not taken. Threads that wait stop waiting once all that came before is done.</summary>
    void Stop();

    /// <summary>The coordinator is gone. Threads that wait stop waiting at once.</summary>
    void Abandon();
}
