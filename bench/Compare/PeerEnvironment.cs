using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Distributed.Bench.Compare;

/// <summary>
/// OpenBLAS chooses its kernels for the processor it finds, unless a variable of its own says otherwise. A shell that pins it to older kernels,
/// for the sake of equal bits, would make the peer look slower than it is: the peers run without such variables.
/// </summary>
internal static partial class PeerEnvironment
{
    private static readonly string[] Pinning = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];

    /// <summary>For a program that is about to start.</summary>
    public static void Clear(ProcessStartInfo start)
    {
        foreach (string name in Pinning)
        {
            start.Environment.Remove(name);
        }
    }

    /// <summary>For a library of this process, which reads the variables once, as it is loaded: call before its first use.</summary>
    public static void Clear()
    {
        if (OperatingSystem.IsLinux())
        {
            foreach (string name in Pinning)
            {
                // The runtime's own variables are a copy that native libraries do not see.
                _ = UnsetEnvironment(name);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnsetEnvironment(string name);
}
