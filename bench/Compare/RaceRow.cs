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
            EpochTimes run = setting.Quietest(() => Product.Train(work, Workers, singleProcess: !Processes, cores));
            ours.Add(CoreCount == 1 ? run with { ProcessorSeconds = Product.ProcessorSeconds(work, cores) } : run);
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

    /// <summary>
    /// A quiet race is decided by the clock. In a noisy one on one core, processor time decides: both sides are charged for the same thing, and
    /// what other programs took is in neither.
    /// </summary>
    private RowResult Result(Work work, Peer[] peers, List<EpochTimes> ours, List<EpochTimes>[] theirs)
    {
        double unit = PerStep ? work.StepsPerEpoch : 1;
        RaceTimes clock = Times(ours, theirs, run => run.Seconds, unit);
        RaceTimes processor = Times(ours, theirs, run => [run.ProcessorSeconds], unit);
        string noise = Figures.Noise(ours.Concat(theirs.SelectMany(runs => runs)));
        bool byProcessor = noise.Length > 0 && !double.IsNaN(processor.Ours);
        RaceTimes deciding = byProcessor ? processor : clock;
        string other = double.IsNaN(processor.Ours) ? ""
            : byProcessor ? "decided by processor time; by the clock " + clock.Text(peers)
            : "processor time " + processor.Text(peers);
        string note = Figures.Join(deciding.OthersText(peers), other, noise);
        return RowResult.Race(
            Key, What, Figures.Seconds(deciding.Ours), $"{peers[deciding.Best].Name} {Figures.Seconds(deciding.Theirs[deciding.Best])}",
            deciding.Ratio, Goal, note);
    }

    private static RaceTimes Times(
        List<EpochTimes> ours, List<EpochTimes>[] theirs, Func<EpochTimes, IEnumerable<double>> of, double unit) => new(
        Figures.Median(ours.SelectMany(of)) / unit, [.. theirs.Select(runs => Figures.Median(runs.SelectMany(of)) / unit)]);

    /// <summary>Medians of one race on one clock, in seconds.</summary>
    private sealed record RaceTimes(double Ours, double[] Theirs)
    {
        public int Best => Array.IndexOf(Theirs, Theirs.Min());

        public double Ratio => Theirs[Best] / Ours;

        public string OthersText(Peer[] peers) =>
            string.Join(", ", peers.Select((peer, i) => $"{peer.Name} {Figures.Seconds(Theirs[i])}").Where((_, i) => i != Best));

        public string Text(Peer[] peers) => $"ours {Figures.Seconds(Ours)}, {peers[Best].Name} {Figures.Seconds(Theirs[Best])}, {Ratio:f2}×";
    }
}
