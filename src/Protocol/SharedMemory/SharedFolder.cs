using System.Runtime.Versioning;

namespace Distributed.Protocol.SharedMemory;

/// <summary>Where shared files are made, and the removal of those that a killed coordinator left behind.</summary>
public static class SharedFolder
{
    private const string Folder = "/dev/shm";
    private const string Prefix = "distributed-";

    /// <summary>True where processes can share memory, apart from whether there is room.</summary>
    [SupportedOSPlatformGuard("linux")]
    public static bool IsSupported => OperatingSystem.IsLinux() && Futex.IsSupported && Directory.Exists(Folder);

    /// <summary>A path that nobody can guess.</summary>
    public static string NewPath() => Path.Combine(Folder, Prefix + Path.GetRandomFileName() + Path.GetRandomFileName());

    /// <summary>Removes files of earlier runs that no process has open, and returns how many.</summary>
    public static int RemoveStale()
    {
        int removed = 0;
        foreach (string path in Directory.EnumerateFiles(Folder, Prefix + "*"))
        {
            try
            {
                // Whoever uses the file holds a shared lock on it; this one asks for the whole.
                using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                File.Delete(path);
                removed++;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // In use, or another user's.
            }
        }

        return removed;
    }
}
