using Distributed.Coordinator.Storage;
using Distributed.Numerics;

namespace Distributed.Coordinator.Fencing;

/// <summary>
/// The tokens of a run's folder. A coordinator's every write begins in its token's own folder and ends with a rename from there, and the next coordinator
/// removes that folder before it reads the run: whatever the old one still has under way, it then has nothing to rename and nowhere to create.
/// No check that could be outrun by a process that was stopped, or a packet that was delayed, is relied on.
/// </summary>
public sealed class TokenFolder(ISharedRunStore store)
{
    /// <summary>The newest token that was ever taken; number 0 when there is none.</summary>
    public FencingToken Newest
    {
        get
        {
            var newest = new FencingToken(0);
            foreach (string name in store.List(FencingToken.Root))
            {
                if (FencingToken.TryParseRecord(name, out FencingToken token) && token.Number > newest.Number)
                {
                    newest = token;
                }
            }

            return newest;
        }
    }

    /// <summary>Whose it is; null when that was not recorded to its end.</summary>
    public RunOwner? OwnerOf(FencingToken token) => ReadOrNull(token.RecordPath) is { } json ? RunOwner.Parse(json) : null;

    /// <summary>True while its coordinator has not ended in order and was not superseded.</summary>
    public bool HasFolder(FencingToken token) => store.ListFolders(FencingToken.Root).Contains(FolderName(token));

    /// <summary>The last sign of life of its coordinator; null when there is none.</summary>
    public byte[]? BeatOf(FencingToken token) => ReadOrNull(token.BeatPath);

    /// <summary>
    /// Takes <paramref name="token"/>, unless somebody has it or a newer one. Once this returns true, nothing that the holder of an older one does
    /// changes what the run's folder shows.
    /// </summary>
    public bool TryTake(FencingToken token, RunOwner owner)
    {
        Check.That(token.Number >= 1);
        using (IStoreFile? record = store.TryCreateNew(token.RecordPath))
        {
            if (record is null)
            {
                return false;
            }

            record.Write(owner.ToJson());
            record.Sync();
        }

        store.SyncFolder(FencingToken.Root);
        store.MakeFolder(token.Folder);

        // A newer coordinator either sees this folder and removes it, or took its token before this look.
        if (Newest != token)
        {
            Empty(token.Folder);
            return false;
        }

        FenceOff(token);
        return true;
    }

    /// <summary>Gives a sign of life, different from the last.</summary>
    public void Beat(FencingToken token, long count)
    {
        using IStoreFile file = store.CreateInside(token.BeatPath);
        file.Write(System.Text.Encoding.ASCII.GetBytes($"{count}\n"));
    }

    /// <summary>An end in order: the next coordinator need not ask whether this one lives.</summary>
    public void Leave(FencingToken token) => Empty(token.Folder);

    private void FenceOff(FencingToken token)
    {
        foreach (string name in store.ListFolders(FencingToken.Root))
        {
            if (FencingToken.TryParseFolder(name, out FencingToken older) && older.Number < token.Number)
            {
                Empty(older.Folder);
            }
        }

        store.SyncFolder(FencingToken.Root);
    }

    /// <summary>Removes the folder. Its coordinator may go on creating files meanwhile; each of them costs it a look at the tokens, so it stops soon.</summary>
    private void Empty(string folder)
    {
        do
        {
            foreach (string name in store.List(folder))
            {
                DeleteIfThere($"{folder}/{name}");
            }
        }
        while (!store.TryDeleteFolder(folder));
    }

    private void DeleteIfThere(string path)
    {
        try
        {
            store.Delete(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // Its coordinator was faster.
        }
    }

    private byte[]? ReadOrNull(string path)
    {
        try
        {
            using Stream stream = store.OpenRead(path);
            byte[] bytes = new byte[stream.Length];
            int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes[..read];
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string FolderName(FencingToken token) => token.Folder[(FencingToken.Root.Length + 1)..];
}
