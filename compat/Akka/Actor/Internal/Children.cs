namespace Akka.Actor.Internal;

/// <summary>Why a cell waits for children that are stopping.</summary>
internal enum WaitReason
{
    None,
    Recreation,
    Creation,
    Termination,
}

/// <summary>
/// A cell's children and what it does when those that are stopping have gone.
/// Locked, since the system's top-level actors are created and stopped from any thread.
/// </summary>
internal sealed class Children
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ChildRestartStats> byName = [];
    private readonly HashSet<IActorRef> stopping = [];
    private WaitReason reason;
    private Exception? recreationCause;
    private bool terminated;
    private long generatedNames;

    /// <summary>A stopping cell goes on processing system messages; one that waits in order to be created anew defers some.</summary>
    public bool IsWaitingToCreate => reason is WaitReason.Recreation or WaitReason.Creation;

    public bool IsNormal => !terminated && reason == WaitReason.None;

    public bool IsTerminating => terminated || reason == WaitReason.Termination;

    public Exception RecreationCause => recreationCause!;

    public string NextName()
    {
        lock (gate) return GeneratedName.Of(generatedNames++);
    }

    /// <exception cref="InvalidActorNameException">A child of that name exists, or has not yet stopped.</exception>
    public void Add(LocalActorRef child)
    {
        lock (gate)
        {
            if (IsTerminating) throw new InvalidOperationException("Cannot create child while terminating or terminated");
            if (!byName.TryAdd(child.Path.Name, new ChildRestartStats(child)))
                throw new InvalidActorNameException($"Actor name \"{child.Path.Name}\" is not unique!");
        }
    }

    public ChildRestartStats[] All()
    {
        lock (gate) return [.. byName.Values];
    }

    public ChildRestartStats? Find(string name)
    {
        lock (gate) return byName.GetValueOrDefault(name);
    }

    public ChildRestartStats? Find(IActorRef child) => Find(child.Path.Name) is { } stats && stats.Child.Equals(child) ? stats : null;

    /// <summary>Notes that the child was told to stop.</summary>
    public void ShallStop(IActorRef child)
    {
        lock (gate)
        {
            if (Find(child) is not null) stopping.Add(child);
        }
    }

    /// <returns>False if no child is stopping, so that there is nothing to wait for.</returns>
    public bool WaitForStopping(WaitReason why, Exception? cause = null)
    {
        lock (gate)
        {
            if (stopping.Count == 0) return false;
            reason = why;
            recreationCause = cause;
            return true;
        }
    }

    /// <returns>The reason for waiting that has ended with this child.</returns>
    public WaitReason Remove(IActorRef child)
    {
        lock (gate)
        {
            if (Find(child) is not null) byName.Remove(child.Path.Name);
            stopping.Remove(child);
            if (stopping.Count > 0) return WaitReason.None;
            var ended = reason;
            terminated |= ended == WaitReason.Termination;
            reason = WaitReason.None;
            return ended;
        }
    }

    public void SetTerminated()
    {
        lock (gate) terminated = true;
    }
}
