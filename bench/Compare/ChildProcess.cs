using System.Diagnostics;
using System.Globalization;

namespace Distributed.Bench.Compare;

/// <summary>What a program that was run on chosen cores left behind.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error, each line with the seconds since the start.</param>
/// <param name="PeakKilobytes">The largest resident memory that was seen; 0 where there is no /proc.</param>
/// <param name="Children">The most child processes it had at once.</param>
/// <param name="OtherCpu">Cores that others used meanwhile.</param>
internal sealed record ChildResult(
    int ExitCode, string Output, IReadOnlyList<(double Seconds, string Line)> Error, long PeakKilobytes, int Children, double OtherCpu)
{
    public bool IsQuiet => OtherCpu <= CpuWatch.QuietLimit;

    public string ErrorText => string.Join('\n', Error.Select(line => line.Line));
}

/// <summary>Runs programs, pinned with taskset where it exists.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    public static bool CanPin { get; } = File.Exists("/usr/bin/taskset");

    public static ChildResult Run(
        string program, IReadOnlyList<string> arguments, string cores, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(CanPin ? "/usr/bin/taskset" : program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (string argument in CanPin ? ["-c", cores, program, .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        PeerEnvironment.Clear(start);
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Watch(start);
    }

    private static ChildResult Watch(ProcessStartInfo start)
    {
        CpuWatch before = CpuWatch.Look();
        var clock = Stopwatch.StartNew();
        var error = new List<(double, string)>();
        using Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                error.Add((clock.Elapsed.TotalSeconds, text));
            }
        };
        process.BeginErrorReadLine();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        (long peak, int children) = (0, 0);
        while (!process.WaitForExit(LookEvery))
        {
            peak = Math.Max(peak, PeakKilobytes(process.Id));
            children = Math.Max(children, Children(process.Id));
        }

        process.WaitForExit();
        string text = output.GetAwaiter().GetResult();
        double others = before.OthersUntil(CpuWatch.Look(), clock.Elapsed.TotalSeconds);
        return new ChildResult(process.ExitCode, text, error, peak, children, others);
    }

    private static long PeakKilobytes(int id)
    {
        string? line = ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>A child belongs to the thread that started it, so every thread is asked.</summary>
    private static int Children(int id)
    {
        string tasks = $"/proc/{id}/task";
        string[] threads = Directory.Exists(tasks) ? Directory.GetDirectories(tasks) : [];
        return threads.SelectMany(thread => ReadLines(thread + "/children")).Sum(Words);
    }

    private static int Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (IOException)
        {
            return []; // The process has ended meanwhile.
        }
    }
}
