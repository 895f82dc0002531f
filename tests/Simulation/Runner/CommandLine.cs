using System.Globalization;
using Distributed.Simulation.Scale;

namespace Distributed.Simulation.Runner;

/// <summary>The program's own arguments.</summary>
internal static class CommandLine
{
    /// <summary>The command, or null for what is not ours.</summary>
    internal static object? Understand(string[] arguments) => arguments switch
    {
        [var seed] when Number(seed) is { } number => new ReplayCommand(number),
        ["--seeds", var count] when Number(count) is { } seeds => new SeedsCommand(1, seeds),
        ["--seeds", var count, "--first-seed", var first] when Number(count) is { } seeds && Number(first) is { } number => new SeedsCommand(number, seeds),
        ["--scale", .. var rest] => new ScaleCommand(ReadScale(rest)),
        _ => null,
    };

    private static ScaleOptions ReadScale(ReadOnlySpan<string> rest)
    {
        var options = new ScaleOptions();
        for (; rest is [var name, var value, ..]; rest = rest[2..])
        {
            options = name switch
            {
                "--gflops" => options with { WorkerGigaflops = Real(name, value) },
                "--worker-gigabits" => options with { WorkerGigabits = Real(name, value) },
                "--coordinator-gigabits" => options with { CoordinatorGigabits = Real(name, value) },
                "--latency-microseconds" => options with { LatencyMicroseconds = Real(name, value) },
                "--reduction-gigabytes" => options with { ReductionGigabytes = Real(name, value) },
                "--batch" => options with { Batch = (int)Real(name, value) },
                "--samples-per-worker" => options with { SamplesPerWorker = (int)Real(name, value) },
                "--fan-in" => options with { FanIn = (int)Real(name, value) },
                "--svg" => options with { Svg = value },
                _ => throw new ArgumentException($"{name} is no option of --scale; tests/Simulation/README.md lists them."),
            };
        }

        return rest.IsEmpty ? options : throw new ArgumentException($"{rest[0]} needs a value.");
    }

    private static double Real(string name, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number > 0
            ? number
            : throw new ArgumentException($"{name} must be a number above 0, not \"{text}\".");

    private static ulong? Number(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : null;
}
