namespace Distributed.Coordinator.Storage;

/// <summary>
/// Replaces a file so that a reader, or a restart after a power cut at any moment, finds the old content or the new one, never a mixture:
/// temporary name, write, sync, rename, sync of the folder.
/// </summary>
public static class AtomicFile
{
    /// <summary>The end of a temporary name. What carries it after a crash is rubbish.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>Replaces <paramref name="path"/> by what <paramref name="write"/> writes.</summary>
    /// <param name="verify">Given the temporary name when its bytes are safe; an exception keeps the old file.</param>
    public static void Write(IRunStore store, string path, Action<IStoreFile> write, Action<string>? verify = null)
    {
        string temporary = store.Temporary(path);
        try
        {
            using (IStoreFile file = store.Create(temporary))
            {
                write(file);
                file.Sync();
            }

            verify?.Invoke(temporary);
            store.Rename(temporary, path);
        }
        catch (Exception exception) when (StoreFault.Is(exception))
        {
            TryDelete(store, temporary);
            throw;
        }

        store.SyncFolder(StorePath.FolderOf(path));
    }

    /// <summary>Replaces <paramref name="path"/> by <paramref name="bytes"/>.</summary>
    public static void Write(IRunStore store, string path, byte[] bytes) => Write(store, path, file => file.Write(bytes));

    /// <summary>
    /// On a full disk the half-written file is the first thing to go. If even that fails, the first failure is the one to tell.
    /// </summary>
    private static void TryDelete(IRunStore store, string path)
    {
        try
        {
            store.Delete(path);
        }
        catch (Exception exception) when (StoreFault.Is(exception))
        {
            // The temporary name marks it as rubbish.
        }
    }
}
