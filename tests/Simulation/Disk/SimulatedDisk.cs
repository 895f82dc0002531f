using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Tests.Storage;
using Distributed.Simulation.Engine;

namespace Distributed.Simulation.Disk;

/// <summary>The run's folder on a disk that can fill up, rot, tear writes and lose what was not synced, and what of it must survive all that.</summary>
internal sealed class SimulatedDisk
{
    private readonly SortedSet<int> _safe = [];

    internal SimulatedDisk()
        : this(new MemoryRunStore(), [])
    {
    }

    private SimulatedDisk(MemoryRunStore store, IEnumerable<int> safe)
    {
        Store = store;
        _safe.UnionWith(safe);
    }

    internal MemoryRunStore Store { get; private set; }

    /// <summary>The newest step whose checkpoint was reported as saved and was not damaged since; null when there is none.</summary>
    internal int? NewestSafe => _safe.Count > 0 ? _safe.Max : null;

    internal void BeginNewFolder()
    {
        Store = new MemoryRunStore { Capacity = Store.Capacity };
        _safe.Clear();
    }

    /// <summary>Older ones than are kept are pruned, and nobody misses them.</summary>
    internal void Saved(int step)
    {
        _safe.Add(step);
        while (_safe.Count > CheckpointCatalog.KeepDefault)
        {
            _safe.Remove(_safe.Min);
        }
    }

    internal void Fill(long room) => Store.Capacity = Store.Used + room;

    internal void MakeRoom() => Store.Capacity = long.MaxValue;

    /// <summary>One bit of one checkpoint flips. Returns its path, or null when there is none.</summary>
    internal string? Rot(Dice dice)
    {
        IReadOnlyList<string> paths = new CheckpointCatalog(Store).Paths;
        if (paths.Count == 0)
        {
            return null;
        }

        string path = dice.Pick(paths);
        byte[] bytes = Store.Read(path);
        if (bytes.Length == 0)
        {
            return null;
        }

        bytes[dice.Below(bytes.Length)] ^= (byte)(1 << dice.Below(8));
        Store.Plant(path, bytes);
        _safe.RemoveWhere(step => CheckpointName.PathOf(new Protocol.StepNumber(step)) == path);
        return path;
    }

    /// <summary>The disk as the next process finds it.</summary>
    internal SimulatedDisk AfterCrash(bool powerCut, Dice dice) =>
        new(powerCut ? Store.AfterPowerCut(dice.Between(0.0, 1.0), dice.Between(0.0, 1.0)) : Store.AfterPowerCut(1, 1), _safe);
}
