using Distributed.Protocol;

namespace Distributed.Coordinator.Transport;

/// <summary>What becomes of a worker that asks to join.</summary>
/// <param name="Worker">Its number.</param>
/// <param name="Incarnation">Its new life; null when it is refused.</param>
/// <param name="Refusal">Why it is refused; null when it is not.</param>
/// <param name="IsPermanent">True when asking again cannot help.</param>
public readonly record struct Admission(WorkerId Worker, Incarnation? Incarnation, string? Refusal, bool IsPermanent = false);

/// <summary>
/// Who ever joined, by name: a worker that comes back keeps its number and begins a new life. Who computed wrongly stays out, by its name and by its
/// process, whatever that calls itself and wherever it connects from.
/// </summary>
public sealed class WorkerDirectory
{
    private readonly Dictionary<string, Entry> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<string> _quarantinedProcesses = new(StringComparer.Ordinal);

    /// <summary>Decides about a worker that asks to join.</summary>
    /// <param name="name">What it calls itself.</param>
    /// <param name="processKey">Tells two processes of one name apart.</param>
    /// <param name="isHeard">Whether the live worker of that name, if there is one, was heard of lately.</param>
    /// <param name="workersMax">How many names there may be.</param>
    public Admission Admit(string name, string processKey, bool isHeard, int workersMax)
    {
        _byName.TryGetValue(name, out Entry? entry);
        if (entry is { IsQuarantined: true } || _quarantinedProcesses.Contains(processKey))
        {
            string who = entry is { IsQuarantined: true } ? $"a worker called {name}" : "this process, under another name,";
            return new Admission(
                default, null, $"{who} computed wrongly in this run and is in quarantine; look for what is wrong with its machine", IsPermanent: true);
        }

        if (entry is null)
        {
            if (_byName.Count >= workersMax)
            {
                return new Admission(default, null, $"{workersMax} workers have joined this run, and no more may");
            }

            entry = new Entry(new WorkerId(_byName.Count + 1));
            _byName.Add(name, entry);
        }
        else if (entry.IsLive && isHeard && entry.ProcessKey != processKey)
        {
            return new Admission(entry.Worker, null, $"another live worker is called {name}; give this one another name with --name");
        }

        entry.Incarnation = new Incarnation(entry.Incarnation.Value + 1);
        entry.ProcessKey = processKey;
        entry.IsLive = true;
        return new Admission(entry.Worker, entry.Incarnation, null);
    }

    /// <summary>The number of the worker called <paramref name="name"/>; null when there never was one.</summary>
    public WorkerId? Find(string name) => _byName.TryGetValue(name, out Entry? entry) ? entry.Worker : null;

    /// <summary>A life has ended. Nothing changes when a later one has begun.</summary>
    public void Left(string name, Incarnation incarnation)
    {
        if (_byName.TryGetValue(name, out Entry? entry) && entry.Incarnation == incarnation)
        {
            entry.IsLive = false;
        }
    }

    /// <summary>Neither a worker called <paramref name="name"/> nor the process <paramref name="processKey"/> is admitted again.</summary>
    public void Quarantine(string name, string processKey)
    {
        _quarantinedProcesses.Add(processKey);
        if (_byName.TryGetValue(name, out Entry? entry))
        {
            entry.IsQuarantined = true;
        }
    }

    private sealed class Entry(WorkerId worker)
    {
        internal WorkerId Worker { get; } = worker;

        internal Incarnation Incarnation { get; set; }

        internal string ProcessKey { get; set; } = "";

        internal bool IsLive { get; set; }

        internal bool IsQuarantined { get; set; }
    }
}
