using Distributed.Protocol.Clusters;

namespace Distributed.Coordinator.Cluster;

/// <summary>What a node that waits is told.</summary>
internal abstract record Verdict
{
    /// <summary>This node is the coordinator now.</summary>
    internal sealed record Elected : Verdict;

    /// <summary>Another node is.</summary>
    internal sealed record Taken(string Address) : Verdict;

    /// <summary>The run is over, and nobody needs to take it over.</summary>
    internal sealed record Over(int ExitCode, string Reason) : Verdict;

    /// <summary>The cluster has removed this node.</summary>
    internal sealed record Removed(string Reason) : Verdict;
}

/// <summary>Where the cluster's actors leave word for the session that waits to be the coordinator.</summary>
/// <param name="role">A coordinator does not wait where there is one; a standby does.</param>
internal sealed class Election(NodeRole role)
{
    private readonly TaskCompletionSource<Verdict> _verdict = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lostAt;

    /// <summary>When the coordinator before this one fell silent, as a timestamp; 0 when none has.</summary>
    internal long LostAt => Interlocked.Read(ref _lostAt);

    /// <summary>The first word counts.</summary>
    internal void Say(Verdict verdict)
    {
        if (verdict is not Verdict.Taken || role == NodeRole.Coordinator)
        {
            _verdict.TrySetResult(verdict);
        }
    }

    /// <summary>The present coordinator has fallen silent.</summary>
    internal void CoordinatorLost(long timestamp) => Interlocked.Exchange(ref _lostAt, timestamp);

    /// <summary>Waits for the first word, or for the end of this node's life in the cluster.</summary>
    internal async Task<Verdict> WaitAsync(Task<string> removed, CancellationToken stop)
    {
        await Task.WhenAny(_verdict.Task, removed).WaitAsync(stop).ConfigureAwait(false);
        return _verdict.Task.IsCompleted
            ? await _verdict.Task.ConfigureAwait(false)
            : new Verdict.Removed(await removed.ConfigureAwait(false));
    }
}
