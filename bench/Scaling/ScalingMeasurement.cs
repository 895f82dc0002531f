using Distributed.Bench.Compare;

namespace Distributed.Bench.Scaling;

/// <summary>Takes the times: every count and every side once per round, in turns; medians over the epochs of all rounds count.</summary>
internal sealed class ScalingMeasurement(Setting setting, ScalingOptions options)
{
    /// <summary>The peer with its version, or why there is none.</summary>
    public string PeerName { get; private set; } = "";

    public ScalingCurve Measure(ScalingCase scaling)
    {
        int[] counts = [.. scaling.WorkerCounts(setting.Cores.Count)];
        var oneProcess = counts.ToDictionary(count => count, _ => new List<EpochTimes>());
        var processes = counts.ToDictionary(count => count, _ => new List<EpochTimes>());
        var peers = counts.ToDictionary(count => count, _ => new List<EpochTimes>());
        for (int round = 0; round < options.Rounds; round++)
        {
            foreach (int count in counts)
            {
                string cores = setting.FirstCores(count);
                oneProcess[count].Add(setting.Quietest(() => Product.Train(scaling.Work, count, singleProcess: true, cores)));
                processes[count].Add(setting.Quietest(() => Product.Train(scaling.Work, count, singleProcess: false, cores)));
                if (HasPeer(count))
                {
                    peers[count].Add(setting.Quietest(() => Ddp(count).Train(scaling.Work with { Epochs = 2 }, cores)));
                    PeerName = $"DistributedDataParallel of {peers[count][^1].Version}";
                }

                Console.Error.WriteLine(
                    $"round {round + 1}, {scaling.Work.RecipeName}, {count} workers: one process {Last(oneProcess[count])}, "
                    + $"processes {Last(processes[count])}, peer {Last(peers[count])}");
            }
        }

        ScalingPoint[] points =
            [.. counts.Select(count => new ScalingPoint(count, Median(oneProcess[count]), Median(processes[count]), Median(peers[count])))];
        return new ScalingCurve(
            scaling, points, Figures.Noise(oneProcess.Values.Concat(processes.Values).Concat(peers.Values).SelectMany(runs => runs)));
    }

    private bool HasPeer(int count)
    {
        string? missing = options.HasPeers ? Ddp(count).Missing() : "not asked for";
        PeerName = missing ?? PeerName;
        return missing is null;
    }

    private static Peer Ddp(int processes) => new("DistributedDataParallel", "ddp_peer.py", Processes: processes);

    private static string Last(List<EpochTimes> runs) =>
        string.Join(' ', runs.TakeLast(1).SelectMany(run => run.Seconds).Select(Figures.Seconds));

    private static double Median(List<EpochTimes> runs) => runs.Count == 0 ? double.NaN : Figures.Median(runs.SelectMany(run => run.Seconds));
}
