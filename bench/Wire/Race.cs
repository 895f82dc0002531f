using System.Diagnostics;

namespace Distributed.Bench.Wire;

/// <summary>
/// A bare stream and another way to send the same bytes, in turns, so that their ratio survives a noisy machine. CPU is what both sides together
/// spend: on a busy machine it says more than the clock.
/// </summary>
internal sealed class Race
{
    private const int Budget = 100_000_000;

    private readonly int _rounds;

    /// <param name="rounds">Of each side; medians decide.</param>
    /// <param name="name">What runs against the bare stream.</param>
    /// <param name="setting">Of both, for the heading.</param>
    public Race(int rounds, string name, string setting)
    {
        _rounds = rounds;
        Console.WriteLine($"{setting,-22} {"bare",17} {name,17} {$"{name}/bare",12} {"bare cpu",13} {$"{name} cpu",13} {"bare/" + name + " cpu",16}");
    }

    public async Task ThroughputAsync(string what, int bytes, int directions, Func<int, int, Task> bare, Func<int, int, Task> other)
    {
        int messages = Budget / bytes;
        double gigabytes = directions * (double)messages * bytes / 1e9;
        List<Cost> bareCosts = [], otherCosts = [];
        for (int round = 0; round <= _rounds; round++)
        {
            bareCosts.Add(await Cost.OfAsync(() => bare(messages, bytes)));
            otherCosts.Add(await Cost.OfAsync(() => other(messages, bytes)));
        }
        Cost b = Cost.Median(bareCosts), o = Cost.Median(otherCosts);
        Console.WriteLine(
            $"{$"{what} {bytes:N0}",-22} {gigabytes / b.Seconds,12:0.00} GB/s {gigabytes / o.Seconds,12:0.00} GB/s {b.Seconds / o.Seconds,12:0.00} "
            + $"{b.CpuSeconds / gigabytes,8:0.00} s/GB {o.CpuSeconds / gigabytes,8:0.00} s/GB {b.CpuSeconds / o.CpuSeconds,16:0.00}");
    }

    public async Task LatencyAsync(int bytes, Func<int, int, Action, Task> bare, Func<int, int, Action, Task> other)
    {
        int messages = Math.Min(2000, Budget / bytes);
        List<double> bareMicros = [], otherMicros = [];
        List<Cost> bareCosts = [], otherCosts = [];
        for (int round = 0; round <= _rounds; round++)
        {
            bareCosts.Add(await Cost.OfAsync(() => bare(messages, bytes, Stopper(bareMicros))));
            otherCosts.Add(await Cost.OfAsync(() => other(messages, bytes, Stopper(otherMicros))));
        }
        double b = Median(bareMicros), o = Median(otherMicros), each = messages / 1e6;
        double bareCpu = Cost.Median(bareCosts).CpuSeconds / each, otherCpu = Cost.Median(otherCosts).CpuSeconds / each;
        Console.WriteLine(
            $"{$"ping-pong {bytes:N0}",-22} {b,14:0.0} us {o,14:0.0} us {b / o,12:0.00} "
            + $"{bareCpu,10:0.0} us {otherCpu,10:0.0} us {bareCpu / otherCpu,16:0.00}");
    }

    private static Action Stopper(List<double> micros)
    {
        long last = Stopwatch.GetTimestamp();
        return () =>
        {
            long now = Stopwatch.GetTimestamp();
            micros.Add(Stopwatch.GetElapsedTime(last, now).TotalMicroseconds);
            last = now;
        };
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
