namespace Distributed.Bench.Compare;

/// <summary>Numbers as the table writes them.</summary>
internal static class Figures
{
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>A duration with a unit that suits it.</summary>
    public static string Seconds(double seconds) => seconds switch
    {
        >= 0.1 => $"{seconds:f3} s",
        >= 1e-4 => $"{1e3 * seconds:f2} ms",
        _ => $"{1e6 * seconds:f1} µs",
    };

    /// <summary>Empty, or by how much others disturbed a measurement.</summary>
    public static string Noise(IEnumerable<EpochTimes> runs)
    {
        double worst = runs.Select(run => run.Process.OtherCpu).DefaultIfEmpty().Max();
        return worst > CpuWatch.QuietLimit ? $"noisy: others used up to {worst:f2} cores" : "";
    }

    public static string Join(params IEnumerable<string> notes) => string.Join("; ", notes.Where(note => note.Length > 0));
}
