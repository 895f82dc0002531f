using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Tests.Storage;

namespace Distributed.Coordinator.Tests.Checkpoints;

/// <summary>
/// The power goes at every operation of saving five checkpoints in turn; whatever the disk then kept, the newest promised one loads.
/// </summary>
public sealed class CheckpointCrashTests
{
    private const int Checkpoints = 5;

    private static readonly double[] Kept = [0, 0.3, 0.7, 1];

    [Fact]
    public void A_power_cut_anywhere_leaves_the_newest_promised_checkpoint()
    {
        int operations = Run(int.MaxValue).Store.Operations;
        Assert.True(operations >= 8 * Checkpoints);
        for (int cut = 0; cut < operations; cut++)
        {
            (MemoryRunStore store, int promised) = Run(cut);
            foreach (double names in Kept)
            {
                foreach (double bytes in Kept)
                {
                    string what = $"cut at operation {cut}, kept {names} of the names and {bytes} of the bytes";
                    AssertLoads(store.AfterPowerCut(names, bytes), promised, what);
                }
            }
        }
    }

    /// <summary>Returns the store after the cut and the step of the last checkpoint whose saving had returned.</summary>
    private static (MemoryRunStore Store, int Promised) Run(int cut)
    {
        var store = new MemoryRunStore { PowerCutAt = cut };
        var catalog = new CheckpointCatalog(store);
        int promised = 0;
        try
        {
            for (int step = 1; step <= Checkpoints; step++)
            {
                CheckpointFile.Write(store, CheckpointName.PathOf(new(step)), SampleCheckpoint.Make(step, small: true));
                promised = step;
                catalog.Prune();
            }
        }
        catch (PowerCutException)
        {
            // What follows is the restart's business.
        }

        return (store, promised);
    }

    private static void AssertLoads(MemoryRunStore restarted, int promised, string what)
    {
        var catalog = new CheckpointCatalog(restarted);
        catalog.CleanTemporaries();
        CheckpointSearch search = catalog.FindNewest();
        int found = search.Checkpoint?.Position.Step.Value ?? 0;
        Assert.True(found >= promised, $"{what}: found step {found}, promised {promised}. {string.Join(' ', search.Warnings)}");
        Assert.True(found <= promised + 1, what);
        Assert.Empty(search.Warnings);
        Assert.True(catalog.Paths.Count <= CheckpointCatalog.KeepDefault + 1, what);
        Assert.DoesNotContain(restarted.List(CheckpointName.Folder), name => name.EndsWith(".tmp", StringComparison.Ordinal));
        if (search.Checkpoint is not null)
        {
            CheckpointFileTests.AssertSame(SampleCheckpoint.Make(found, small: true), search.Checkpoint);
        }
    }
}
