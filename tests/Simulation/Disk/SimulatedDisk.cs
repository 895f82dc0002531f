using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Tests.Storage;
using Distributed.Simulation.Engine;

namespace Distributed.Simulation.Disk;

/// <summary>The run's folder on a disk that can fill up, rot, tear writes and lose what was not synced, and what of it must survive all that.</summary>
internal sealed class SimulatedDisk
{
    /// <summary>The steps whose checkpoints were reported as saved, the newest that are to be kept, and whether the disk damaged them since.</summary>
    private readonly SortedDictionary<int, bool> _saved;

    internal SimulatedDisk()
        : this(new MemoryRunStore(), [])
    {
    }

    private SimulatedDisk(MemoryRunStore store, SortedDictionary<int, bool> saved)
    {
        Store = store;
        _saved = saved;
    }

    internal MemoryRunStore Store { get; private set; }

    /// <summary>The newest step whose checkpoint was reported as saved and was not damaged since; null when there is none.</summary>
    internal int? NewestSafe => _saved.Where(step => !step.Value).Select(step => (int?)step.Key).LastOrDefault();

    internal void BeginNewFolder()
    {
        Store = new MemoryRunStore { Capacity = Store.Capacity };
        _saved.Clear();
    }

    /// <summary>Older ones than are kept are pruned, and nobody misses them.</summary>
    internal void Saved(int step)
    {
        _saved[step] = false;
        while (_saved.Count > CheckpointCatalog.KeepDefault)
        {
            _saved.Remove(_saved.Keys.First());
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
        foreach (int step in _saved.Keys.Where(step => CheckpointName.PathOf(new Protocol.StepNumber(step)) == path).ToArray())
        {
            _saved[step] = true;
        }

        return path;
    }

    /// <summary>The disk as the next process finds it.</summary>
    internal SimulatedDisk AfterCrash(bool powerCut, Dice dice) =>
        new(powerCut ? Store.AfterPowerCut(dice.Between(0.0, 1.0), dice.Between(0.0, 1.0)) : Store.AfterPowerCut(1, 1), _saved);
}
