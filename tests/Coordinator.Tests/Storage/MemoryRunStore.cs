using System.Runtime.InteropServices;
using Distributed.Coordinator.Storage;

namespace Distributed.Coordinator.Tests.Storage;

/// <summary>
/// The simulated twin of <see cref="FolderRunStore"/>: a disk that can fill up, refuse, rot, and lose its power between any two operations.
/// Bytes survive a power cut once the file was synced, names once the folder was.
/// </summary>
public sealed class MemoryRunStore : ISharedRunStore
{
    private readonly Dictionary<string, MemoryFile> names = [];
    private readonly Dictionary<string, MemoryFile> durableNames = [];
    private readonly List<NameChange> pending = [];
    private readonly HashSet<string> folders = [];

    /// <summary>Operations so far that change something.</summary>
    public int Operations { get; private set; }

    /// <summary>The power goes in the middle of the operation with this number, counted from 0.</summary>
    public int PowerCutAt { get; set; } = int.MaxValue;

    /// <summary>Bytes that fit.</summary>
    public long Capacity { get; set; } = long.MaxValue;

    /// <summary>Paths that refuse every change.</summary>
    public Func<string, bool> IsUnwritable { get; set; } = _ => false;

    /// <summary>Called at the start of every operation that changes something.</summary>
    public Action<string> OnOperation { get; set; } = _ => { };

    public string Locate(string path) => $"memory:{path}";

    public IReadOnlyList<string> List(string folder) => names.Keys
        .Where(path => FolderOf(path) == folder)
        .Select(path => path[(path.LastIndexOf('/') + 1)..])
        .Order(StringComparer.Ordinal)
        .ToArray();

    public bool Exists(string path) => names.ContainsKey(path);

    public Stream OpenRead(string path) => new MemoryStream(Read(path), writable: false);

    public IStoreFile Create(string path)
    {
        MemoryFile file = Open(path);
        file.Truncate(0);
        return file;
    }

    public IStoreFile OpenAppend(string path) => Open(path);

    public IReadOnlyList<string> ListFolders(string folder) =>
        folders.Where(path => FolderOf(path) == folder).Select(path => path[(path.LastIndexOf('/') + 1)..]).Order(StringComparer.Ordinal).ToArray();

    public void MakeFolder(string folder)
    {
        Operate(folder);
        AddFolder(folder);
    }

    public bool TryDeleteFolder(string folder)
    {
        Operate(folder);
        return List(folder).Count == 0 && ListFolders(folder).Count == 0 && (folders.Remove(folder) || true);
    }

    public IStoreFile? TryCreateNew(string path)
    {
        Operate(path);
        return Exists(path) ? null : Add(path);
    }

    public IStoreFile CreateInside(string path)
    {
        Operate(path);
        RequireFolder(path);
        MemoryFile file = names.TryGetValue(path, out MemoryFile? there) ? there : Add(path);
        CollectionsMarshal.SetCount(file.Bytes, 0);
        return file;
    }

    public void Rename(string from, string to)
    {
        Operate(from);
        RequireFolder(to);
        MemoryFile file = Find(from);
        Change(new NameChange(from, null));
        Change(new NameChange(to, file));
    }

    public void Delete(string path)
    {
        Operate(path);
        Change(new NameChange(path, null));
    }

    public void SyncFolder(string folder)
    {
        Operate(folder);
        foreach (NameChange change in pending.Where(change => FolderOf(change.Path) == folder).ToArray())
        {
            change.ApplyTo(durableNames);
            pending.Remove(change);
        }
    }

    /// <summary>The bytes a reader sees now.</summary>
    public byte[] Read(string path) => [.. Find(path).Bytes];

    /// <summary>Puts a whole, safe file in place.</summary>
    public void Plant(string path, byte[] bytes)
    {
        var file = new MemoryFile(this, path);
        file.Plant(bytes);
        AddFolder(FolderOf(path));
        names[path] = file;
        durableNames[path] = file;
    }

    /// <summary>
    /// What a restart finds when the disk kept <paramref name="namesKept"/> of the unsynced names and <paramref name="bytesKept"/> of each
    /// file's unsynced bytes.
    /// </summary>
    public MemoryRunStore AfterPowerCut(double namesKept, double bytesKept)
    {
        var kept = new Dictionary<string, MemoryFile>(durableNames);
        foreach (NameChange change in pending.Take((int)(pending.Count * namesKept)))
        {
            change.ApplyTo(kept);
        }

        var restarted = new MemoryRunStore();
        foreach ((string path, MemoryFile file) in kept)
        {
            restarted.Plant(path, file.AfterPowerCut(bytesKept));
        }

        return restarted;
    }

    internal long Used => names.Values.Distinct().Sum(file => (long)file.Bytes.Count);

    /// <summary>
    /// Counts the operation; throws when the power is gone or the path refuses. The cut operation itself may still be half done by its
    /// caller.
    /// </summary>
    internal void Operate(string path)
    {
        OnOperation(path);
        if (Operations++ >= PowerCutAt)
        {
            throw new PowerCutException();
        }

        if (IsUnwritable(path))
        {
            throw new UnauthorizedAccessException($"Access to the path '{path}' is denied.");
        }
    }

    private MemoryFile Open(string path)
    {
        Operate(path);
        return names.TryGetValue(path, out MemoryFile? file) ? file : Add(path);
    }

    private MemoryFile Add(string path)
    {
        var file = new MemoryFile(this, path);
        AddFolder(FolderOf(path));
        Change(new NameChange(path, file));
        return file;
    }

    private void AddFolder(string folder)
    {
        for (string path = folder; path.Length > 0; path = FolderOf(path))
        {
            folders.Add(path);
        }
    }

    private void RequireFolder(string path)
    {
        string folder = FolderOf(path);
        if (folder.Length > 0 && !folders.Contains(folder))
        {
            throw new DirectoryNotFoundException($"No folder '{folder}'.");
        }
    }

    private MemoryFile Find(string path) => names.TryGetValue(path, out MemoryFile? file) ? file : throw new FileNotFoundException($"No file '{path}'.");

    private void Change(NameChange change)
    {
        change.ApplyTo(names);
        pending.Add(change);
    }

    private static string FolderOf(string path)
    {
        int slash = path.LastIndexOf('/');
        return slash < 0 ? "" : path[..slash];
    }

    /// <summary>A name given to a file, or taken away when there is none.</summary>
    private sealed record NameChange(string Path, MemoryFile? File)
    {
        public void ApplyTo(Dictionary<string, MemoryFile> names)
        {
            if (File is null)
            {
                names.Remove(Path);
            }
            else
            {
                names[Path] = File;
            }
        }
    }
}

/// <summary>The machine lost its power. Not an IOException: no program sees this.</summary>
public sealed class PowerCutException() : Exception("The power is gone.");
