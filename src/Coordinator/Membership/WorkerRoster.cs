using Distributed.Numerics;
using Distributed.Protocol;

namespace Distributed.Coordinator.Membership;

/// <summary>What is known of a live worker.</summary>
/// <param name="Incarnation">Its present life.</param>
/// <param name="Name">What people call it, with its address where it has one.</param>
/// <param name="LastHeartbeat">When it was last heard of; null for a worker of this process, which sends none.</param>
public sealed record LiveWorker(Incarnation Incarnation, string Name, TimeSpan? LastHeartbeat);

/// <summary>The live workers of a run, in order of joining, and the last life of those that left.</summary>
public class WorkerRoster
{
    private readonly Dictionary<WorkerId, Incarnation> _lastLife = [];
    private readonly Dictionary<WorkerId, LiveWorker> _details = [];
    private readonly List<WorkerId> _live = [];
    private readonly HashSet<WorkerId> _quarantined = [];

    /// <summary>The live workers, in order of joining.</summary>
    public IReadOnlyList<WorkerId> Live => _live;

    /// <summary>True once a worker has joined, whether it is still live or not.</summary>
    public bool HasHadWorkers => _lastLife.Count > 0;

    /// <summary>What is known of <paramref name="worker"/>, which must be live.</summary>
    public LiveWorker this[WorkerId worker] => _details[worker];

    /// <summary>
    /// Adds a worker, or a new life of it. False, and nothing changes, when the same or a later life is known, or the worker is in
    /// quarantine.
    /// </summary>
    public bool TryJoin(WorkerId worker, LiveWorker details)
    {
        bool isKnown = _lastLife.TryGetValue(worker, out Incarnation known) && known.Value >= details.Incarnation.Value;
        if (isKnown || IsQuarantined(worker))
        {
            return false;
        }

        _lastLife[worker] = details.Incarnation;
        _details[worker] = details;
        if (!_live.Contains(worker))
        {
            _live.Add(worker);
            _live.Sort();
        }

        return true;
    }

    /// <summary>Removes a live worker. False when it was not live in this life.</summary>
    public bool TryLeave(WorkerId worker, Incarnation incarnation)
    {
        if (!IsLive(worker, incarnation))
        {
            return false;
        }

        bool removed = _live.Remove(worker) && _details.Remove(worker);
        Check.That(removed);
        return true;
    }

    /// <summary>Removes a worker, live or not, and keeps it out in every life to come.</summary>
    public void Quarantine(WorkerId worker)
    {
        _quarantined.Add(worker);
        _live.Remove(worker);
        _details.Remove(worker);
    }

    /// <summary>True for a worker that was found to compute wrongly.</summary>
    public bool IsQuarantined(WorkerId worker) => _quarantined.Contains(worker);

    /// <summary>Notes that a worker was heard of at <paramref name="now"/>. What an earlier life sent does not count.</summary>
    public void Heartbeat(WorkerId worker, Incarnation incarnation, TimeSpan now)
    {
        if (IsLive(worker, incarnation))
        {
            _details[worker] = _details[worker] with { LastHeartbeat = now };
        }
    }

    /// <summary>The first live worker that has been silent for longer than <paramref name="limit"/>, or null.</summary>
    public WorkerId? FirstSilent(TimeSpan now, TimeSpan limit)
    {
        foreach (WorkerId worker in _live)
        {
            if (_details[worker].LastHeartbeat is { } last && now - last > limit)
            {
                return worker;
            }
        }

        return null;
    }

    /// <summary>True when <paramref name="worker"/> is live, and in this very life.</summary>
    public virtual bool IsLive(WorkerId worker, Incarnation incarnation) =>
        _details.TryGetValue(worker, out LiveWorker? details) && details.Incarnation == incarnation;
}
