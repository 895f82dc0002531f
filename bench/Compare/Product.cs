using System.Text.Json;

namespace Distributed.Bench.Compare;

/// <summary>Seconds of each epoch of one run, and whether the machine was its own meanwhile.</summary>
internal sealed record EpochTimes(IReadOnlyList<double> Seconds, ChildResult Process)
{
    /// <summary>Processor time of one epoch; NaN where it is not known.</summary>
    public double ProcessorSeconds { get; init; } = double.NaN;

    /// <summary>The peer's own name and version; empty for ours.</summary>
    public string Version { get; init; } = "";
}

/// <summary>Our side: the real program, as a process of its own on the cores it is given.</summary>
internal static class Product
{
    public static EpochTimes Train(Work work, int workers, bool singleProcess, string cores)
    {
        string folder = Directory.CreateTempSubdirectory("bench-run-").FullName;
        try
        {
            ChildResult run = Run(work, workers, singleProcess, cores, folder);
            return new EpochTimes(EpochSeconds(Path.Combine(folder, "metrics.jsonl"), work), run);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Processor seconds per epoch of the same work, by a run that watches itself: what other programs take does not count.</summary>
    public static double ProcessorSeconds(Work work, string cores)
    {
        ChildResult run = ChildProcess.Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "bench.dll"), "watch", .. work.WatchArguments()], cores);
        return run.ExitCode == 0 ? double.Parse(run.Output) * work.StepsPerEpoch : double.NaN;
    }

    private static ChildResult Run(Work work, int workers, bool singleProcess, string cores, string folder)
    {
        List<string> arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "coordinator.dll"),
            .. work.ProgramArguments(), "--workers", $"{workers}", "--run-dir", folder,
        ];
        if (singleProcess)
        {
            arguments.Add("--single-process");
        }

        ChildResult run = ChildProcess.Run("dotnet", arguments, cores);
        return run.ExitCode == 0 ? run : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {run.ExitCode}: {run.ErrorText}");
    }

    /// <summary>Training time alone: the metrics' samples per second leave evaluation out, as the peers' clocks do.</summary>
    private static List<double> EpochSeconds(string metrics, Work work)
    {
        var seconds = new List<double>();
        foreach (string line in File.ReadLines(metrics))
        {
            using var record = JsonDocument.Parse(line);
            if (record.RootElement.GetProperty("type").GetString() == "epoch")
            {
                seconds.Add(work.Samples / record.RootElement.GetProperty("samples_per_second").GetDouble());
            }
        }

        return seconds;
    }
}
