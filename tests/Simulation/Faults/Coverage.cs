using Distributed.Coordinator.Checkpoints;

namespace Distributed.Simulation.Faults;

/// <summary>How often each rare state was reached.</summary>
public sealed class Coverage
{
    private readonly long[] _times = new long[Enum.GetValues<Probe>().Length];

    /// <summary>Times that <paramref name="probe"/> was reached.</summary>
    public long this[Probe probe] => _times[(int)probe];

    /// <summary>The states that were never reached.</summary>
    public IEnumerable<Probe> Missing => Enum.GetValues<Probe>().Where(probe => this[probe] == 0);

    public void Saw(Probe probe) => _times[(int)probe]++;

    /// <summary>The product reported an event of this kind.</summary>
    public void Saw(string kind)
    {
        if (kind switch
        {
            "worker_lost" => Probe.WorkerLost,
            "worker_slow" => Probe.WorkerSlow,
            "no_worker" => Probe.NobodyLeft,
            "waiting" => Probe.WaitTold,
            "bits_differ" => Probe.BitsDiffered,
            "worker_quarantined" => Probe.WorkerQuarantined,
            _ => (Probe?)null,
        } is { } probe)
        {
            Saw(probe);
        }
    }

    public void Saw(CheckpointOutcome outcome)
    {
        if (outcome switch
        {
            CheckpointOutcome.Saved => Probe.CheckpointSaved,
            CheckpointOutcome.Failed => Probe.CheckpointFailed,
            CheckpointOutcome.Superseded => Probe.CheckpointSuperseded,
            _ => (Probe?)null,
        } is { } probe)
        {
            Saw(probe);
        }
    }

    public void Add(Coverage other)
    {
        for (int i = 0; i < _times.Length; i++)
        {
            _times[i] += other._times[i];
        }
    }
}
