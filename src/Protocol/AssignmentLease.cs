namespace Distributed.Protocol;

/// <summary>An assignment on its way through a mailbox, in memory that is used again: a step allocates none.</summary>
public sealed class AssignmentLease
{
    private readonly AssignmentPool _pool;

    internal AssignmentLease(AssignmentPool pool) => _pool = pool;

    internal Assignment Assignment { get; set; }

    /// <summary>The assignment. The lease is given back: whoever takes it must not touch it afterwards.</summary>
    public Assignment Take()
    {
        Assignment taken = Assignment;
        _pool.Return(this);
        return taken;
    }
}

/// <summary>Leases that are not in use. Any thread may rent, any may return; one that never comes back is not missed.</summary>
public sealed class AssignmentPool
{
    private readonly Lock _lock = new();
    private readonly Stack<AssignmentLease> _free = new();

    /// <summary>A lease of <paramref name="assignment"/>.</summary>
    public AssignmentLease Rent(Assignment assignment)
    {
        lock (_lock)
        {
            if (!_free.TryPop(out AssignmentLease? lease))
            {
                lease = new AssignmentLease(this);
            }

            lease.Assignment = assignment;
            return lease;
        }
    }

    internal void Return(AssignmentLease lease)
    {
        lock (_lock)
        {
            _free.Push(lease);
        }
    }
}
