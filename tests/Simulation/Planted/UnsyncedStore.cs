using Distributed.Coordinator.Storage;

namespace Distributed.Simulation.Planted;

/// <summary>A store whose user never syncs.</summary>
internal sealed class UnsyncedStore(IRunStore disk) : IRunStore
{
    public string Locate(string path) => disk.Locate(path);

    public IReadOnlyList<string> List(string folder) => disk.List(folder);

    public bool Exists(string path) => disk.Exists(path);

    public Stream OpenRead(string path) => disk.OpenRead(path);

    public IStoreFile Create(string path) => new UnsyncedFile(disk.Create(path));

    public IStoreFile OpenAppend(string path) => new UnsyncedFile(disk.OpenAppend(path));

    public void Rename(string from, string to) => disk.Rename(from, to);

    public void Delete(string path) => disk.Delete(path);

    public void SyncFolder(string folder) => disk.SyncFolder(folder);

    private sealed class UnsyncedFile(IStoreFile file) : IStoreFile
    {
        public long Length => file.Length;

        public void Write(ReadOnlySpan<byte> bytes) => file.Write(bytes);

        public void Truncate(long length) => file.Truncate(length);

        public void Sync()
        {
        }

        public void Dispose() => file.Dispose();
    }
}
