using System.Globalization;

namespace Distributed.Bench.Compare;

/// <summary>
/// How much processor time others took from the machine between two looks, in cores: /proc/stat's busy time less that of this process and
/// of the children it has waited for. 0 where there is no /proc.
/// </summary>
internal readonly record struct CpuWatch(double Busy, double Own)
{
    /// <summary>Above this share of a core a measurement is not to be trusted.</summary>
    public const double QuietLimit = 0.08;

    private const double TicksPerSecond = 100;

    public static CpuWatch Look() => File.Exists("/proc/stat") ? new(ReadBusy(), ReadOwn()) : default;

    public double OthersUntil(CpuWatch later, double seconds) =>
        Math.Max(0, later.Busy - Busy - (later.Own - Own)) / Math.Max(seconds, 1e-3);

    private static double ReadBusy()
    {
        string[] fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // user nice system, then idle and iowait, then irq softirq steal
        return Ticks(fields[1]) + Ticks(fields[2]) + Ticks(fields[3]) + Ticks(fields[6]) + Ticks(fields[7]) + Ticks(fields[8]);
    }

    private static double ReadOwn()
    {
        string text = File.ReadAllText("/proc/self/stat");
        string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        // After the name and from 0: 11 utime, 12 stime, 13 cutime, 14 cstime.
        return Ticks(fields[11]) + Ticks(fields[12]) + Ticks(fields[13]) + Ticks(fields[14]);
    }

    private static double Ticks(string field) => double.Parse(field, CultureInfo.InvariantCulture) / TicksPerSecond;
}
