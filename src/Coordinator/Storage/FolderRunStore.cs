using Distributed.Numerics;

namespace Distributed.Coordinator.Storage;

/// <summary>A run's folder in the file system.</summary>
public sealed class FolderRunStore : ISharedRunStore
{
    private readonly string root;

    /// <param name="root">The folder; it is made when the first file is written.</param>
    public FolderRunStore(string root)
    {
        Check.That(!string.IsNullOrEmpty(root));
        this.root = root;
    }

    /// <inheritdoc/>
    public string Locate(string path) => path.Length == 0 ? root : Path.Combine(root, path.Replace('/', Path.DirectorySeparatorChar));

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder)
    {
        string where = Locate(folder);
        if (!Directory.Exists(where))
        {
            return [];
        }

        return Directory.EnumerateFiles(where).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal).ToArray();
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> ListFolders(string folder)
    {
        try
        {
            return Directory.EnumerateDirectories(Locate(folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToArray();
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public bool Exists(string path) => File.Exists(Locate(path));

    /// <inheritdoc/>
    public Stream OpenRead(string path) => new FileStream(Locate(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <inheritdoc/>
    public IStoreFile Create(string path) => Open(path, FileMode.Create);

    /// <inheritdoc/>
    public IStoreFile OpenAppend(string path) => Open(path, FileMode.OpenOrCreate);

    /// <inheritdoc/>
    public IStoreFile? TryCreateNew(string path)
    {
        try
        {
            return Open(path, FileMode.CreateNew);
        }
        catch (IOException) when (Exists(path))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public IStoreFile CreateInside(string path) => OpenInside(Locate(path), FileMode.Create);

    /// <inheritdoc/>
    public void MakeFolder(string folder) => MakeWithParents(Path.GetFullPath(Locate(folder)));

    /// <inheritdoc/>
    public bool TryDeleteFolder(string folder)
    {
        try
        {
            Directory.Delete(Locate(folder));
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (IOException) when (Directory.Exists(Locate(folder)))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Rename(string from, string to) => File.Move(Locate(from), Locate(to), overwrite: true);

    /// <inheritdoc/>
    public void Delete(string path) => File.Delete(Locate(path));

    /// <inheritdoc/>
    public void SyncFolder(string folder) => FolderSync.Sync(Locate(folder));

    private FolderFile Open(string path, FileMode mode)
    {
        string where = Locate(path);
        MakeWithParents(Path.GetDirectoryName(Path.GetFullPath(where))!);
        return OpenInside(where, mode);
    }

    private static FolderFile OpenInside(string where, FileMode mode) =>
        new(new FileStream(where, mode, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));

    /// <summary>A new folder's name lives in its parent, which is therefore what must be synced.</summary>
    private static void MakeWithParents(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        string? parent = Path.GetDirectoryName(folder);
        if (parent is not null)
        {
            MakeWithParents(parent);
        }

        Directory.CreateDirectory(folder);
        FolderSync.Sync(parent ?? folder);
    }
}
