namespace Distributed.Bench.Compare;

/// <summary>More workers of one process on as many cores, against one on one core.</summary>
internal sealed record SpeedupRow(string Key, string What, Work Work, int Workers, double Goal) : Row(Key)
{
    public override IEnumerable<RowResult> Measure(Setting setting)
    {
        if (setting.Cores.Count < Workers)
        {
            yield return RowResult.Missing(Key, What, $"{Goal}×", $"this machine has {setting.Cores.Count} cores");
            yield break;
        }

        Work work = setting.IsQuick ? Work with { Epochs = Math.Max(2, Work.Epochs / 3) } : Work;
        var one = new List<EpochTimes>();
        var many = new List<EpochTimes>();
        for (int round = 0; round < setting.Rounds; round++)
        {
            one.Add(setting.Quietest(() => Product.Train(work, 1, singleProcess: true, setting.OneCore)));
            many.Add(setting.Quietest(() => Product.Train(work, Workers, singleProcess: true, setting.FirstCores(Workers))));
        }

        double single = Figures.Median(one.SelectMany(run => run.Seconds)), shared = Figures.Median(many.SelectMany(run => run.Seconds));
        yield return RowResult.Race(
            Key, What, Figures.Seconds(shared), $"1 worker {Figures.Seconds(single)}", single / shared, Goal, Figures.Noise(one.Concat(many)));
    }
}
