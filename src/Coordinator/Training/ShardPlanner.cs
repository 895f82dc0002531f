using Distributed.Numerics;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;

namespace Distributed.Coordinator.Training;

/// <summary>The microbatches one worker holds in a step.</summary>
public readonly record struct Shard(WorkerId Worker, MicrobatchRange Microbatches);

/// <summary>
/// Cuts microbatches into shards. Decides where work happens, never what the result is: any cut gives the same bits.
/// </summary>
public static class ShardPlanner
{
    /// <summary>
    /// Deals <paramref name="range"/> to <paramref name="workers"/> in order, as evenly as possible, neighbours together;
    /// workers beyond the number of microbatches get none.
    /// </summary>
    /// <param name="range">Consecutive microbatches, at least one.</param>
    /// <param name="workers">Who may take them, at least one.</param>
    /// <param name="shards">Receives at most one shard per worker; cleared first.</param>
    public static void Deal(MicrobatchRange range, IReadOnlyList<WorkerId> workers, List<Shard> shards)
    {
        Check.That(range.Count >= 1);
        Check.That(workers.Count >= 1);
        shards.Clear();
        int takers = Math.Min(range.Count, workers.Count);
        int share = range.Count / takers;
        int larger = range.Count % takers;
        int first = range.First;
        for (int i = 0; i < takers; i++)
        {
            int count = share + (i < larger ? 1 : 0);
            shards.Add(new Shard(workers[i], new MicrobatchRange(first, count)));
            first += count;
        }

        Check.That(first == range.End);
    }
}
