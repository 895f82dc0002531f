using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Tests.Checkpoints;

namespace Distributed.Coordinator.Tests.Storage;

/// <summary>The real file system does what the simulated one promises.</summary>
public sealed class FolderRunStoreTests : IDisposable
{
    private readonly string root = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly FolderRunStore store;

    public FolderRunStoreTests() => store = new FolderRunStore(Path.Combine(root, "runs", "one"));

    public void Dispose()
    {
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void Saves_prunes_and_finds_checkpoints()
    {
        var catalog = new CheckpointCatalog(store);
        Assert.Empty(catalog.Paths);
        for (int step = 1; step <= 4; step++)
        {
            CheckpointFile.Write(store, CheckpointName.PathOf(new(step)), SampleCheckpoint.Make(step), verify: true);
            catalog.Prune();
        }

        Assert.Equal(3, catalog.Paths.Count);
        CheckpointFileTests.AssertSame(SampleCheckpoint.Make(4), catalog.RequireNewest().Checkpoint!);
        Assert.Equal(["step-00000002.safetensors", "step-00000003.safetensors", "step-00000004.safetensors"], store.List("checkpoints"));
    }

    [Fact]
    public void Appends_truncates_and_replaces()
    {
        using (IStoreFile file = store.Create("a/b.txt"))
        {
            file.Write("one two"u8);
            file.Truncate(4);
            file.Write("three"u8);
            file.Sync();
            Assert.Equal(9, file.Length);
        }

        using (IStoreFile file = store.OpenAppend("a/b.txt"))
        {
            file.Write("!"u8);
        }

        AtomicFile.Write(store, "c.txt", "old"u8.ToArray());
        AtomicFile.Write(store, "c.txt", "new"u8.ToArray());
        Assert.Equal("one three!", Text("a/b.txt"));
        Assert.Equal("new", Text("c.txt"));
        Assert.Equal(["c.txt"], store.List(""));
        Assert.True(store.Exists("a/b.txt"));
        store.Delete("a/b.txt");
        Assert.False(store.Exists("a/b.txt"));
    }

    [Fact]
    public void A_folder_where_a_file_stands_is_a_fault_of_the_disk_not_a_bug()
    {
        AtomicFile.Write(store, "checkpoints", [1]);
        Exception exception = Assert.ThrowsAny<Exception>(() => CheckpointFile.Write(store, "checkpoints/x", SampleCheckpoint.Make()));
        Assert.True(StoreFault.Is(exception), exception.ToString());
    }

    private string Text(string path)
    {
        using var reader = new StreamReader(store.OpenRead(path));
        return reader.ReadToEnd();
    }
}
