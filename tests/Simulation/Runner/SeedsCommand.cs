using Distributed.Simulation.Faults;

namespace Distributed.Simulation.Runner;

/// <summary>Runs many seeds on all cores and stops at the first that fails.</summary>
internal sealed record SeedsCommand(ulong First, ulong Count)
{
    /// <summary>With this many seeds, every rare state must have been reached.</summary>
    private const ulong CoverageFrom = 10_000;

    internal int Run(TextWriter output, TimeProvider time, int threads)
    {
        var batch = new SeedBatch(time, threads);
        SeedBatchResult result = batch.Run(First, Count, TimeSpan.MaxValue, progress => output.Write($"\r{progress}"));
        output.WriteLine();
        foreach (Probe probe in Enum.GetValues<Probe>())
        {
            output.WriteLine($"  {probe,-32} {result.Coverage[probe],12}");
        }

        if (result.Failure is { } failure)
        {
            output.WriteLine($"FAILED: seed {failure.Seed}: {failure.Failure}");
            output.WriteLine($"replay: dotnet run -c Release --project tests/Simulation -- {failure.Seed}");
            return 1;
        }

        Probe[] missing = result.Coverage.Missing.ToArray();
        output.WriteLine($"{result.Seeds} seeds passed in {result.Elapsed.TotalSeconds:F1} s, {result.Seeds / result.Elapsed.TotalSeconds:F0} a second");
        if (Count >= CoverageFrom && missing.Length > 0)
        {
            output.WriteLine($"FAILED: never reached: {string.Join(", ", missing)}");
            return 1;
        }

        return 0;
    }
}
