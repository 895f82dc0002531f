using System.Runtime.InteropServices;

namespace Distributed.Coordinator.Storage;

/// <summary>fsync of a folder, which .NET's file API refuses to open. Windows has no such call; NTFS journals names by itself.</summary>
internal static class FolderSync
{
    private const int ReadOnly = 0;

    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw Failure("open", folder);
        }

        try
        {
            // Some network and FUSE file systems know no fsync of a folder (EINVAL); there is nothing better to do there.
            if (Fsync(descriptor) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
            {
                throw Failure("fsync", folder);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private const int InvalidArgument = 22;

    private static IOException Failure(string call, string folder) =>
        new($"{call} of the folder '{folder}' failed: {Marshal.GetLastPInvokeErrorMessage()}.");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int descriptor);
}
