using System.Runtime.InteropServices;

namespace Distributed.Bench.Compare;

/// <summary>Where the figures were taken.</summary>
internal static class Machine
{
    public static string Describe(int cores) =>
        $"{Processor()}, {cores} core{(cores == 1 ? "" : "s")}, {MemoryGigabytes():f0} GiB, {RuntimeInformation.OSDescription.Trim()}, "
        + $"{RuntimeInformation.FrameworkDescription}, {Distributed.Numerics.Kernels.InstructionSets.Best}";

    /// <summary>The cores this process may use.</summary>
    public static IReadOnlyList<int> Cores()
    {
        string? allowed = File.Exists("/proc/self/status")
            ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal))
            : null;
        return allowed is null ? [.. Enumerable.Range(0, Environment.ProcessorCount)] : [.. Parse(allowed.Split(':')[1].Trim())];
    }

    private static IEnumerable<int> Parse(string list) => list.Split(',').SelectMany(range =>
    {
        int[] ends = [.. range.Split('-').Select(int.Parse)];
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    });

    private static string Processor()
    {
        string? line = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line.Split(':')[1].Trim();
    }

    private static double MemoryGigabytes() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
}
