using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Distributed.Bench;

/// <summary>Seconds of processor time of the calling thread: what other processes take from the machine does not count.</summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;

    /// <summary>The time now, from an arbitrary start; wall-clock time where the system is not Linux.</summary>
    public static double Seconds()
    {
        if (OperatingSystem.IsLinux() && GetTime(ThreadCpuTime, out TimeSpec time) == 0)
        {
            return time.Seconds + (time.Nanoseconds * 1e-9);
        }

        return Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
