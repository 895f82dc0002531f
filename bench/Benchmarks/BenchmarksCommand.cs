using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Distributed.Bench.Benchmarks;

/// <summary>
/// BenchmarkDotNet over the kernels and the whole step. It runs in this process, whose runtime settings are the program's own,
/// and so needs neither a build nor a package while it measures.
/// </summary>
internal static class BenchmarksCommand
{
    /// <param name="filter">Part of a benchmark's name, or a pattern with *; empty for all.</param>
    public static int Run(string filter)
    {
        ManualConfig config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .AddExporter(MarkdownExporter.GitHub);
        string pattern = filter.Contains('*', StringComparison.Ordinal) ? filter : $"*{filter}*";
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(BenchmarksCommand).Assembly).Run(["--filter", pattern], config);
        return summaries.Any() && summaries.All(summary => !summary.HasCriticalValidationErrors) ? 0 : 1;
    }
}
