using Distributed.Protocol;
using Distributed.Protocol.Wire;

namespace Distributed.Coordinator.Transport;

/// <summary>The links of a run: who is there, in which life. Any thread may ask.</summary>
internal sealed class WorkerLinks(LinkContext context, TimeSpan heartbeatLimit)
{
    private readonly Lock _lock = new();
    private readonly WorkerDirectory _directory = new();
    private readonly Dictionary<WorkerId, WorkerLink> _byWorker = [];
    private WorkerLink[] _all = [];

    /// <summary>The links that are open; the array is never changed.</summary>
    internal IReadOnlyList<WorkerLink> All => Volatile.Read(ref _all);

    /// <summary>A new link for a worker that asks to join, or why not. An earlier life of it is ended.</summary>
    internal (WorkerLink? Link, Admission Admission) Open(string name, string processKey, string address)
    {
        lock (_lock)
        {
            WorkerLink? earlier = _directory.Find(name) is { } known ? _byWorker.GetValueOrDefault(known) : null;
            bool isHeard = earlier is not null && context.Time.GetElapsedTime(earlier.LastHeard) < heartbeatLimit;
            Admission admission = _directory.Admit(name, processKey, isHeard, ProtocolLimits.WorkersMax);
            if (admission.Incarnation is not { } incarnation)
            {
                return (null, admission);
            }

            earlier?.Close("a new life of it has joined");
            var link = new WorkerLink(context, admission.Worker, incarnation, name, processKey, address);
            _byWorker[admission.Worker] = link;
            Publish();
            return (link, admission);
        }
    }

    /// <summary>The process of the worker called <paramref name="name"/> has ended, as <paramref name="reason"/> says: so has its link.</summary>
    internal void Close(string name, string reason)
    {
        lock (_lock)
        {
            if (_directory.Find(name) is { } worker && _byWorker.TryGetValue(worker, out WorkerLink? link))
            {
                link.Close(reason);
            }
        }
    }

    /// <summary>The process behind <paramref name="link"/> computed wrongly: neither it nor its name may join again.</summary>
    internal void Quarantine(WorkerLink link)
    {
        lock (_lock)
        {
            _directory.Quarantine(link.Name, link.ProcessKey);
        }
    }

    /// <summary>The link of that very life, or null.</summary>
    internal WorkerLink? Find(WorkerId worker, Incarnation incarnation)
    {
        lock (_lock)
        {
            return _byWorker.TryGetValue(worker, out WorkerLink? link) && link.Incarnation == incarnation ? link : null;
        }
    }

    /// <summary>The worker called <paramref name="name"/> and its present life; null when it has no link.</summary>
    internal (WorkerId Worker, Incarnation Incarnation)? FindLife(string name)
    {
        lock (_lock)
        {
            return _directory.Find(name) is { } worker && _byWorker.TryGetValue(worker, out WorkerLink? link) ? (worker, link.Incarnation) : null;
        }
    }

    /// <summary>A link has ended.</summary>
    internal void Remove(WorkerLink link)
    {
        lock (_lock)
        {
            _directory.Left(link.Name, link.Incarnation);
            if (_byWorker.TryGetValue(link.Worker, out WorkerLink? present) && present == link)
            {
                _byWorker.Remove(link.Worker);
                Publish();
            }
        }
    }

    private void Publish() => Volatile.Write(ref _all, [.. _byWorker.Values]);
}
