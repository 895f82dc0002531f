using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Tests.Storage;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Checkpoints;

public sealed class CheckpointCatalogTests
{
    private readonly MemoryRunStore store = new();
    private readonly CheckpointCatalog catalog;

    public CheckpointCatalogTests() => catalog = new CheckpointCatalog(store);

    [Fact]
    public void Finds_the_newest_by_number_not_by_spelling()
    {
        Save(99_999_999, 100_000_000, 5);
        CheckpointSearch search = catalog.FindNewest();
        Assert.Equal(100_000_000, search.Checkpoint!.Position.Step.Value);
        Assert.Equal("checkpoints/step-100000000.safetensors", search.Path);
        Assert.Empty(search.Warnings);
    }

    [Fact]
    public void Skips_damaged_ones_and_says_which_why_and_what_instead()
    {
        Save(1, 2, 3);
        Cut("checkpoints/step-00000003.safetensors", 10);
        Rot("checkpoints/step-00000002.safetensors");
        CheckpointSearch search = catalog.FindNewest();
        Assert.Equal(1, search.Checkpoint!.Position.Step.Value);
        Assert.Equal(2, search.Warnings.Count);
        Assert.StartsWith("The checkpoint checkpoints/step-00000003.safetensors is skipped: ", search.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("header", search.Warnings[0], StringComparison.Ordinal);
        Assert.EndsWith("'memory:checkpoints/step-00000001.safetensors' is used instead.", search.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("digest", search.Warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Never_starts_from_zero_unasked()
    {
        Assert.Contains("it has none", Assert.Throws<InputException>(() => catalog.RequireNewest()).Message, StringComparison.Ordinal);
        Save(1);
        Assert.Equal(1, catalog.RequireNewest().Checkpoint!.Position.Step.Value);
        Rot("checkpoints/step-00000001.safetensors");
        string message = Assert.Throws<InputException>(() => catalog.RequireNewest()).Message;
        Assert.Contains("step-00000001.safetensors is skipped", message, StringComparison.Ordinal);
        Assert.Contains("no older checkpoint", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ignores_and_cleans_left_over_temporary_files()
    {
        Save(1);
        store.Plant("checkpoints/step-00000002.safetensors.tmp", [1, 2, 3]);
        Assert.Equal(1, catalog.FindNewest().Checkpoint!.Position.Step.Value);
        catalog.CleanTemporaries();
        Assert.Equal(["step-00000001.safetensors"], store.List("checkpoints"));
    }

    [Fact]
    public void Ignores_files_that_are_not_its_own()
    {
        foreach (string name in new[] { "notes.txt", "step-1", "step-000000001", "step--0000001", "step-99999999999", "step-" })
        {
            store.Plant($"checkpoints/{name}.safetensors", []);
        }

        Assert.Empty(catalog.Paths);
        catalog.Prune(1);
        Assert.Equal(6, store.List("checkpoints").Count);
    }

    [Theory]
    [InlineData(1, "5")]
    [InlineData(3, "5 4 3")]
    [InlineData(9, "5 4 3 2 1")]
    public void Keeps_the_newest(int keep, string kept)
    {
        Save(3, 1, 5, 2, 4);
        catalog.Prune(keep);
        Assert.Equal(kept.Split(' ').Select(step => $"checkpoints/step-0000000{step}.safetensors"), catalog.Paths);
    }

    private void Save(params int[] steps)
    {
        foreach (int step in steps)
        {
            CheckpointFile.Write(store, CheckpointName.PathOf(new StepNumber(step)), SampleCheckpoint.Make(step));
        }
    }

    private void Cut(string path, int length) => store.Plant(path, store.Read(path)[..length]);

    private void Rot(string path)
    {
        byte[] bytes = store.Read(path);
        bytes[^1] ^= 1;
        store.Plant(path, bytes);
    }
}
