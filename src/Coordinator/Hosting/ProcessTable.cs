using System.Diagnostics;
using System.Globalization;
using Distributed.Coordinator.Fencing;

namespace Distributed.Coordinator.Hosting;

/// <summary>This process among those of this machine, told apart from all that ever had its id.</summary>
internal static class ProcessTable
{
    private const string Boot = "/proc/sys/kernel/random/boot_id";
    private const string IdSpace = "/proc/self/ns/pid";
    private const int StartField = 22;
    private const char Zombie = 'Z';

    /// <summary>This process, which begins to own a run now.</summary>
    internal static RunOwner Self(DateTimeOffset now) =>
        new(Environment.MachineName, Environment.ProcessId, now, Machine(), StartOf(Environment.ProcessId) ?? "");

    /// <summary>Whether the process of <paramref name="owner"/>, which is of this machine, is there.</summary>
    internal static bool Exists(RunOwner owner) => StartOf(owner.Process) == owner.ProcessStart;

    /// <summary>The running system, and on Linux the namespace: two containers each have a process 1.</summary>
    private static string Machine() => OperatingSystem.IsLinux()
        ? $"{ReadOrNull(Boot)?.Trim()} {File.ResolveLinkTarget(IdSpace, returnFinalTarget: false)?.Name}"
        : Environment.MachineName;

    /// <summary>When the process started, as the system counts; null when there is none.</summary>
    private static string? StartOf(int process)
    {
        if (OperatingSystem.IsLinux())
        {
            // The second field is the program's name in parentheses, and may hold anything.
            string? text = ReadOrNull($"/proc/{process}/stat");
            string[] fields = text?[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
            return fields.Length > StartField - 3 && fields[0][0] != Zombie ? fields[StartField - 3] : null;
        }

        try
        {
            using var found = Process.GetProcessById(process);
            return found.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string? ReadOrNull(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
