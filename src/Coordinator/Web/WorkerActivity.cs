using Distributed.Numerics;
using Distributed.Protocol;

namespace Distributed.Coordinator.Web;

/// <summary>
/// What each worker has delivered and how long it took, as the coordinator sees it. One thread writes, any thread reads; a step costs it a look at
/// the clock and a few field writes for each assignment and each partial, and allocates nothing.
/// </summary>
public sealed class WorkerActivity(TimeProvider time)
{
    private Counters[] _workers = [];

    /// <summary>A worker is there: makes room for its counters.</summary>
    public void Joined(WorkerId worker)
    {
        Check.That(worker.Value >= 0);
        if (worker.Value < _workers.Length)
        {
            return;
        }

        var grown = new Counters[worker.Value + 1];
        _workers.CopyTo(grown, 0);
        for (int i = _workers.Length; i < grown.Length; i++)
        {
            grown[i] = new Counters();
        }

        Volatile.Write(ref _workers, grown);
    }

    /// <summary>A worker was given microbatches to compute.</summary>
    public void Assigned(WorkerId worker)
    {
        if (worker.Value < _workers.Length)
        {
            _workers[worker.Value].Mark = time.GetTimestamp();
        }
    }

    /// <summary>A worker delivered the sum of <paramref name="microbatches"/> microbatches.</summary>
    public void Delivered(WorkerId worker, int microbatches)
    {
        if (worker.Value >= _workers.Length)
        {
            return;
        }

        Counters counters = _workers[worker.Value];
        long now = time.GetTimestamp();
        Volatile.Write(ref counters.BusyTicks, counters.BusyTicks + (now - counters.Mark));
        Volatile.Write(ref counters.Microbatches, counters.Microbatches + microbatches);
        counters.Mark = now;
    }

    /// <summary>A worker gave a sign of life.</summary>
    public void Heard(WorkerId worker)
    {
        if (worker.Value < _workers.Length)
        {
            Counters counters = _workers[worker.Value];
            Volatile.Write(ref counters.Heartbeats, counters.Heartbeats + 1);
        }
    }

    /// <summary>The worker's counters so far.</summary>
    public WorkerCounts Of(WorkerId worker)
    {
        Counters[] workers = Volatile.Read(ref _workers);
        if (worker.Value >= workers.Length)
        {
            return default;
        }

        Counters counters = workers[worker.Value];
        return new WorkerCounts(
            Volatile.Read(ref counters.Microbatches),
            (double)Volatile.Read(ref counters.BusyTicks) / time.TimestampFrequency,
            Volatile.Read(ref counters.Heartbeats));
    }

    private sealed class Counters
    {
        internal long Microbatches;
        internal long BusyTicks;
        internal long Heartbeats;
        internal long Mark;
    }
}

/// <summary>A worker's counters.</summary>
/// <param name="Microbatches">Delivered, in all its lives.</param>
/// <param name="BusySeconds">From being given microbatches to having delivered them, the way there and back included.</param>
/// <param name="Heartbeats">Signs of life besides what it delivered.</param>
public readonly record struct WorkerCounts(long Microbatches, double BusySeconds, long Heartbeats);
