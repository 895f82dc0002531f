namespace Distributed.Bench.Compare;

/// <summary>Our program against peers on the same work and cores, A B A B; the medians of all epochs decide, and the best peer counts.</summary>
/// <param name="Key">Names the row on the command line.</param>
/// <param name="What">As the table shows it.</param>
/// <param name="Work">What is done.</param>
/// <param name="PerStep">Times are shown per step instead of per epoch.</param>
/// <param name="Workers">Our workers.</param>
/// <param name="Processes">True when they are processes of their own.</param>
/// <param name="CoreCount">Cores both sides may use.</param>
/// <param name="Peers">Who else does it.</param>
/// <param name="Goal">How many times as fast as the best of them.</param>
internal sealed record RaceRow(
    string Key, string What, Work Work, bool PerStep, int Workers, bool Processes, int CoreCount, IReadOnlyList<Peer> Peers, double Goal) : Row(Key)
{
    public override IEnumerable<RowResult> Measure(Setting setting)
    {
        string? missing = setting.Cores.Count < CoreCount ? $"this machine has {setting.Cores.Count} cores" : null;
        Peer[] present = [.. Peers.Where(peer => peer.Missing() is null)];
        missing ??= present.Length == 0 ? string.Join(", ", Peers.Select(peer => peer.Missing()).Distinct()) : null;
        yield return missing is null ? Race(setting, present) : RowResult.Missing(Key, What, $"{Goal}×", missing);
    }

    private RowResult Race(Setting setting, Peer[] peers)
    {
        Work work = setting.IsQuick ? Work with { Epochs = Math.Max(2, Work.Epochs / 3) } : Work;
        string cores = CoreCount == 1 ? setting.OneCore : setting.FirstCores(CoreCount);
        var ours = new List<EpochTimes>();
        List<EpochTimes>[] theirs = [.. peers.Select(_ => new List<EpochTimes>())];
        for (int round = 0; round < setting.Rounds; round++)
        {
            ours.Add(setting.Quietest(() => Product.Train(work, Workers, singleProcess: !Processes, cores)));
            if (Processes && ours[^1].Process.Children == 0)
            {
                return RowResult.Missing(Key, What, $"{Goal}×", "the program started no worker processes");
            }

            for (int i = 0; i < peers.Length; i++)
            {
                Peer peer = peers[i];
                theirs[i].Add(setting.Quietest(() => peer.Train(work, cores)));
            }
        }

        return Result(work, peers, ours, theirs);
    }

    private RowResult Result(Work work, Peer[] peers, List<EpochTimes> ours, List<EpochTimes>[] theirs)
    {
        double unit = PerStep ? work.StepsPerEpoch : 1;
        double our = Median(ours) / unit;
        double[] medians = [.. theirs.Select(runs => Median(runs) / unit)];
        int best = Array.IndexOf(medians, medians.Min());
        string others = string.Join(", ", peers.Select((peer, i) => $"{peer.Name} {Figures.Seconds(medians[i])}").Where((_, i) => i != best));
        string note = Figures.Join(
            others, ours.Concat(theirs.SelectMany(runs => runs)).Any(run => !run.Process.IsQuiet) ? Figures.Noise(ours.Concat(theirs.SelectMany(r => r))) : "");
        return RowResult.Race(
            Key, What, Figures.Seconds(our), $"{peers[best].Name} {Figures.Seconds(medians[best])}", medians[best] / our, Goal, note);
    }

    private static double Median(IEnumerable<EpochTimes> runs) => Figures.Median(runs.SelectMany(run => run.Seconds));
}
