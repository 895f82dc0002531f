using System.Collections.Concurrent;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;

namespace Distributed.Worker;

/// <summary>
/// The threads of one life of a worker that compute, and do nothing else: no heartbeat and no tensor waits for them. The first takes
/// assignments and deals each to all.
/// </summary>
internal sealed class ComputeTeam
{
    private readonly IWorkPort _port;
    private readonly BlockingCollection<Share>[] _shares;
    private readonly Thread[] _threads;
    private readonly TaskCompletionSource<Exception?> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;

    /// <param name="port">Where work comes from and results go.</param>
    /// <param name="computations">One for each thread.</param>
    internal ComputeTeam(IWorkPort port, IReadOnlyList<ShardComputation> computations)
    {
        _port = port;
        _running = computations.Count;
        _shares = Enumerable.Range(1, computations.Count - 1).Select(_ => new BlockingCollection<Share>()).ToArray();
        _threads = computations.Select((computation, index) => new Thread(() => Run(index, computation))
        {
            IsBackground = true,
            Name = $"compute {index + 1}",
        }).ToArray();
    }

    /// <summary>Ends when every thread has; with the first exception, if there was one.</summary>
    internal Task<Exception?> Done => _done.Task;

    /// <summary>Begins.</summary>
    internal void Start()
    {
        foreach (Thread thread in _threads)
        {
            thread.Start();
        }
    }

    private void Run(int index, ShardComputation computation)
    {
        Exception? failure = null;
        try
        {
            while ((index == 0 ? TakeAndDeal(computation) : TakeShare(index - 1)) is { } share)
            {
                computation.Compute(share.Assignment, _port.Rent, share.Group is { } group ? group.Add : _port.Deliver);
                share.Group?.ShareDone();
            }
        }
        catch (Exception error)
        {
            failure = error;
            _port.Stop();
        }

        if (index == 0)
        {
            Array.ForEach(_shares, share => share.CompleteAdding());
        }

        if (failure is not null)
        {
            _done.TrySetResult(failure);
        }

        if (Interlocked.Decrement(ref _running) == 0)
        {
            _done.TrySetResult(null);
        }
    }

    /// <summary>The next assignment's first part; the other threads get the rest.</summary>
    private Share? TakeAndDeal(ShardComputation computation)
    {
        if (_port.Take() is not { } assignment)
        {
            return null;
        }

        MicrobatchRange rest = assignment.Microbatches;
        int parts = Math.Min(_threads.Length, rest.Count);
        if (parts == 1)
        {
            return new Share(assignment, null);
        }

        var group = new PartialGroup(rest, computation.MicrobatchCount(assignment.Step), parts, _port.Deliver);
        for (int part = parts - 1; part > 0; part--)
        {
            int count = rest.Count / (part + 1);
            _shares[part - 1].Add(new Share(assignment with { Microbatches = new MicrobatchRange(rest.End - count, count) }, group));
            rest = new MicrobatchRange(rest.First, rest.Count - count);
        }

        return new Share(assignment with { Microbatches = rest }, group);
    }

    private Share? TakeShare(int share) => _shares[share].TryTake(out Share? taken, Timeout.Infinite) ? taken : null;

    /// <summary>One thread's part of an assignment, and where its partials are added to the others'; null for the only part.</summary>
    private sealed record Share(Assignment Assignment, PartialGroup? Group);
}
