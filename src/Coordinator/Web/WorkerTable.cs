using Distributed.Protocol;

namespace Distributed.Coordinator.Web;

/// <summary>Every worker that a run has had, from its events and its Activity. One caller at a time.</summary>
public sealed class WorkerTable(TimeProvider time)
{
    /// <summary>How long a worker that was slow is shown as slow, and one that came back as returned.</summary>
    private static readonly TimeSpan ShownFor = TimeSpan.FromSeconds(5);

    private readonly SortedDictionary<WorkerId, Entry> _workers = [];

    /// <summary>What the workers deliver.</summary>
    public WorkerActivity Activity { get; } = new(time);

    /// <summary>A worker began a life.</summary>
    public void Joined(Join join)
    {
        Activity.Joined(join.Worker);
        Entry entry = Find(join.Worker);
        entry.Name = join.Name;
        entry.Incarnation = join.Incarnation.Value;
        entry.JoinedAt = entry.HeardAt = time.GetTimestamp();
        (entry.Condition, entry.ConditionSince) = entry.Condition switch
        {
            WorkerCondition.Quarantined => (WorkerCondition.Quarantined, entry.ConditionSince),
            WorkerCondition.Lost => (WorkerCondition.Returned, entry.JoinedAt),
            _ => (WorkerCondition.Live, entry.JoinedAt),
        };
        entry.BusySecondsBefore = Activity.Of(join.Worker).BusySeconds;
    }

    /// <summary>An event of kind worker_lost, worker_slow … about a worker.</summary>
    public void Happened(WorkerId worker, string kind)
    {
        Entry entry = Find(worker);
        switch (kind)
        {
            case "worker_lost" or "worker_failed" when entry.Condition != WorkerCondition.Quarantined:
                entry.Condition = WorkerCondition.Lost;
                break;
            case "worker_quarantined":
                entry.Condition = WorkerCondition.Quarantined;
                break;
            case "worker_slow" or "waiting" when entry.Condition is WorkerCondition.Live or WorkerCondition.Slow:
                entry.Condition = WorkerCondition.Slow;
                entry.ConditionSince = time.GetTimestamp();
                break;
        }
    }

    /// <summary>Notes who was heard of since the last call, and says how all of them are. Call it at least every second.</summary>
    public IReadOnlyList<WorkerState> Observe()
    {
        var states = new List<WorkerState>(_workers.Count);
        foreach ((WorkerId worker, Entry entry) in _workers)
        {
            WorkerCounts counts = Activity.Of(worker);
            if (counts != entry.Seen)
            {
                entry.Seen = counts;
                entry.HeardAt = time.GetTimestamp();
            }

            if (entry.Condition is WorkerCondition.Slow or WorkerCondition.Returned && time.GetElapsedTime(entry.ConditionSince) > ShownFor)
            {
                entry.Condition = WorkerCondition.Live;
            }

            states.Add(State(worker, entry, counts));
        }

        return states;
    }

    private WorkerState State(WorkerId worker, Entry entry, WorkerCounts counts)
    {
        double lifetime = time.GetElapsedTime(entry.JoinedAt).TotalSeconds;
        double busy = counts.BusySeconds - entry.BusySecondsBefore;
        return new WorkerState
        {
            Id = worker.ToString(),
            Name = entry.Name,
            Incarnation = entry.Incarnation,
            Condition = entry.Condition,
            Microbatches = counts.Microbatches,
            BusySeconds = counts.BusySeconds,
            WaitingShare = entry.Condition.IsThere() && lifetime > 0 ? Math.Clamp(1 - (busy / lifetime), 0, 1) : null,
            SilentSeconds = time.GetElapsedTime(entry.HeardAt).TotalSeconds,
        };
    }

    private Entry Find(WorkerId worker)
    {
        if (!_workers.TryGetValue(worker, out Entry? entry))
        {
            long now = time.GetTimestamp();
            _workers[worker] = entry = new Entry { JoinedAt = now, HeardAt = now };
        }

        return entry;
    }

    private sealed class Entry
    {
        internal string Name { get; set; } = "";

        internal int Incarnation { get; set; } = 1;

        internal WorkerCondition Condition { get; set; }

        internal long JoinedAt { get; set; }

        internal long HeardAt { get; set; }

        internal long ConditionSince { get; set; }

        internal double BusySecondsBefore { get; set; }

        internal WorkerCounts Seen { get; set; }
    }
}
