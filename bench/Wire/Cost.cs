using System.Diagnostics;

namespace Distributed.Bench.Wire;

/// <summary>What a run took by the clock and of this process's CPU, which is client and server together.</summary>
internal readonly record struct Cost(double Seconds, double CpuSeconds)
{
    public static async Task<Cost> OfAsync(Func<Task> run)
    {
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        await run();
        return new(Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }

    /// <summary>Of each figure by itself, without the first run, which warms up.</summary>
    public static Cost Median(List<Cost> costs) => new(Middle(costs.Select(cost => cost.Seconds)), Middle(costs.Select(cost => cost.CpuSeconds)));

    private static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Skip(1).Order()];
        return sorted[sorted.Length / 2];
    }
}
