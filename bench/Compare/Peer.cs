using System.Text.Json;

namespace Distributed.Bench.Compare;

/// <summary>Other people's software doing the same work, from bench/peers with Debian's own Python.</summary>
/// <param name="Name">As the table shows it.</param>
/// <param name="Script">In bench/peers.</param>
/// <param name="Threads">Threads per process.</param>
/// <param name="Processes">Processes.</param>
internal sealed record Peer(string Name, string Script, int Threads = 1, int Processes = 1)
{
    /// <summary>Debian's own, unless BENCH_PYTHON names another: the first on the path often has none of the peers.</summary>
    private static readonly string Python = System.Environment.GetEnvironmentVariable("BENCH_PYTHON") ?? "/usr/bin/python3";

    /// <summary>Two thread pools fight over two cores unless PyTorch's OpenMP is OpenBLAS' as well.</summary>
    private const string OpenMpBlas = "/usr/lib/x86_64-linux-gnu/openblas-openmp";

    private static readonly Dictionary<string, string?> MissingModules = [];

    /// <summary>Why it cannot run here, or null.</summary>
    public string? Missing()
    {
        string module = Script.StartsWith("numpy", StringComparison.Ordinal) ? "numpy" : "torch";
        if (!MissingModules.TryGetValue(module, out string? reason))
        {
            reason = !File.Exists(Python) ? $"{Python} is missing"
                : ChildProcess.Run(Python, ["-c", "import " + module], "0").ExitCode == 0 ? null
                : $"python3-{module} is missing";
            MissingModules[module] = reason;
        }

        return reason;
    }

    public EpochTimes Train(Work work, string cores)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "peers", Script);
        ChildResult run = ChildProcess.Run(
            Python, [script, .. work.PeerArguments(), "--threads", $"{Threads}", "--processes", $"{Processes}"], cores, Environment());
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Name} ended with {run.ExitCode}: {run.ErrorText}");
        }

        using var record = JsonDocument.Parse(run.Output.Trim().Split('\n')[^1]);
        double[] seconds = [.. record.RootElement.GetProperty("seconds").EnumerateArray().Select(value => value.GetDouble())];
        double processor = record.RootElement.GetProperty("processor_seconds").GetDouble();
        return new EpochTimes(seconds, run) { ProcessorSeconds = processor, Version = record.RootElement.GetProperty("version").GetString()! };
    }

    private (string Name, string Value)[] Environment()
    {
        List<(string, string)> values = [("PYTHONDONTWRITEBYTECODE", "1")];
        if (Threads > 1 && Directory.Exists(OpenMpBlas))
        {
            values.Add(("LD_LIBRARY_PATH", OpenMpBlas));
        }

        return [.. values];
    }
}
