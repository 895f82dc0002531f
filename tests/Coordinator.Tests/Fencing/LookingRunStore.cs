using Distributed.Coordinator.Fencing;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Tests.Storage;

namespace Distributed.Coordinator.Tests.Fencing;

/// <summary>What a fencing token must not be: a look at the tokens, and then a write that another coordinator may have come before.</summary>
internal sealed class LookingRunStore(MemoryRunStore store, FencingToken token) : IRunStore
{
    public string Locate(string path) => store.Locate(path);

    public IReadOnlyList<string> List(string folder) => store.List(folder);

    public bool Exists(string path) => store.Exists(path);

    public Stream OpenRead(string path) => store.OpenRead(path);

    public IStoreFile Create(string path) => Look().Create(path);

    public IStoreFile OpenAppend(string path) => Look().OpenAppend(path);

    public void Rename(string from, string to) => Look().Rename(from, to);

    public void Delete(string path) => Look().Delete(path);

    public void SyncFolder(string folder) => store.SyncFolder(folder);

    private MemoryRunStore Look() => new TokenFolder(store).Newest == token ? store : throw new SupersededException("Another coordinator has taken over.");
}
