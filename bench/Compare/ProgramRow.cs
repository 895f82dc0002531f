namespace Distributed.Bench.Compare;

/// <summary>The program from its start: how soon it trains, and the most memory it holds, in one process with as many workers as cores.</summary>
internal sealed record ProgramRow(string Key, double StartLimitSeconds, double MemoryLimitMegabytes) : Row(Key)
{
    private const string Joined = "joined";

    public override IEnumerable<RowResult> Measure(Setting setting)
    {
        var work = new Work("scratch-mlp", Epochs: 3);
        int cores = Math.Min(2, setting.Cores.Count);
        EpochTimes[] runs = [.. Enumerable.Range(0, setting.Rounds).Select(_ =>
            setting.Quietest(() => Product.Train(work, cores, singleProcess: true, setting.FirstCores(cores))))];
        yield return RowResult.Limit(
            Key, "from the start of the program to its first step, on MNIST", Figures.Median(runs.Select(FirstStep)), StartLimitSeconds, "s",
            Figures.Join($"{cores} workers in one process", Figures.Noise(runs)), "f2");
        yield return RowResult.Limit(
            Key, "resident memory, whole run on MNIST", runs.Max(run => run.Process.PeakKilobytes) / 1024.0, MemoryLimitMegabytes, "MB",
            "the most the process ever held (VmHWM)", "f0");
    }

    /// <summary>The first worker is given the first step as it joins.</summary>
    private static double FirstStep(EpochTimes run) =>
        run.Process.Error.Where(line => line.Line.Contains(Joined, StringComparison.Ordinal)).Select(line => line.Seconds).DefaultIfEmpty(double.NaN).Min();
}
