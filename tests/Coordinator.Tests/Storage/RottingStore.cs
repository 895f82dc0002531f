using Distributed.Coordinator.Storage;

namespace Distributed.Coordinator.Tests.Storage;

/// <summary>A disk that gives back the last byte of every file with one bit flipped.</summary>
internal sealed class RottingStore(MemoryRunStore store) : IRunStore
{
    public string Locate(string path) => store.Locate(path);

    public IReadOnlyList<string> List(string folder) => store.List(folder);

    public bool Exists(string path) => store.Exists(path);

    public Stream OpenRead(string path)
    {
        byte[] bytes = store.Read(path);
        bytes[^1] ^= 1;
        return new MemoryStream(bytes);
    }

    public IStoreFile Create(string path) => store.Create(path);

    public IStoreFile OpenAppend(string path) => store.OpenAppend(path);

    public void Rename(string from, string to) => store.Rename(from, to);

    public void Delete(string path) => store.Delete(path);

    public void SyncFolder(string folder) => store.SyncFolder(folder);
}
