using Distributed.Numerics;

namespace Distributed.Coordinator.Storage;

/// <summary>A run's folder in the file system.</summary>
public sealed class FolderRunStore : IRunStore
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
    public bool Exists(string path) => File.Exists(Locate(path));

    /// <inheritdoc/>
    public Stream OpenRead(string path) => new FileStream(Locate(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <inheritdoc/>
    public IStoreFile Create(string path) => Open(path, FileMode.Create);

    /// <inheritdoc/>
    public IStoreFile OpenAppend(string path) => Open(path, FileMode.OpenOrCreate);

    /// <inheritdoc/>
    public void Rename(string from, string to) => File.Move(Locate(from), Locate(to), overwrite: true);

    /// <inheritdoc/>
    public void Delete(string path) => File.Delete(Locate(path));

    /// <inheritdoc/>
    public void SyncFolder(string folder) => FolderSync.Sync(Locate(folder));

    private FolderFile Open(string path, FileMode mode)
    {
        string where = Locate(path);
        MakeFolder(Path.GetDirectoryName(Path.GetFullPath(where))!);
        return new FolderFile(new FileStream(where, mode, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));
    }

    /// <summary>A new folder's name lives in its parent, which is therefore what must be synced.</summary>
    private static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        string? parent = Path.GetDirectoryName(folder);
        if (parent is not null)
        {
            MakeFolder(parent);
        }

        Directory.CreateDirectory(folder);
        FolderSync.Sync(parent ?? folder);
    }
}
