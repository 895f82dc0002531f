using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Distributed.Protocol.SharedMemory;

/// <summary>
/// Linux futex(2) on a word that several processes map: a thread sleeps until another process changes the word and says so. No socket, no polling.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class Futex
{
    private const int WaitOperation = 0;
    private const int WakeOperation = 1;

    /// <summary>True where this process can make the call.</summary>
    internal static bool IsSupported =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    private static nint CallNumber => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 202 : 98;

    /// <summary>
    /// Sleeps while <paramref name="word"/> is <paramref name="expected"/>, until woken or <paramref name="milliseconds"/> have passed.
    /// May return early.
    /// </summary>
    internal static void Wait(int* word, int expected, int milliseconds)
    {
        var timeout = new Timespec { Seconds = milliseconds / 1000, Nanoseconds = milliseconds % 1000 * 1_000_000 };
        _ = Call(CallNumber, word, WaitOperation, expected, &timeout, null, 0);
    }

    /// <summary>Wakes every thread that sleeps on <paramref name="word"/>.</summary>
    internal static void Wake(int* word) => _ = Call(CallNumber, word, WakeOperation, int.MaxValue, null, null, 0);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Call(nint number, int* word, int operation, int value, Timespec* timeout, int* second, int third);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        internal nint Seconds;
        internal nint Nanoseconds;
    }
}
