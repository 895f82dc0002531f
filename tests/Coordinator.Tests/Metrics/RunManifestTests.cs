using System.Text;
using System.Text.Json;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Tests.Checkpoints;
using Distributed.Coordinator.Tests.Storage;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Metrics;

public sealed class RunManifestTests
{
    private readonly MemoryRunStore store = new();

    [Fact]
    public void Comes_back()
    {
        string[] arguments = ["--data", "a \"b\".csv", "--seed", "18446744073709551615"];
        var data = new DataOptions("a.csv", "b.csv", "digit");
        var written = new RunManifest(SampleCheckpoint.FullRecipe, data, Digest.Of("data"u8), "0.1.0", arguments) { InitialWeights = Digest.Of("weights"u8) };
        written.Write(store);
        RunManifest read = RunManifest.Read(store);
        Assert.Equal(RecipeJson.Write(written.Recipe), RecipeJson.Write(read.Recipe));
        Assert.Equal((written.DataDigest, written.ProgramVersion), (read.DataDigest, read.ProgramVersion));
        Assert.Equal(written.Data, read.Data);
        Assert.Equal(written.InitialWeights, read.InitialWeights);
        Assert.Equal(written.CommandLine, read.CommandLine);
    }

    [Fact]
    public void Is_a_document_others_can_read()
    {
        new RunManifest(SampleCheckpoint.FullRecipe, new DataOptions("mnist"), Digest.Of("data"u8), "0.1.0", []).Write(store);
        using JsonDocument document = JsonDocument.Parse(store.Read(RunManifest.FileName));
        string[] names = ["recipe", "seed", "data", "data_digest", "program_version", "command_line"];
        Assert.Equal(names, document.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(ulong.MaxValue, document.RootElement.GetProperty("seed").GetUInt64());
        Assert.Equal(17, document.RootElement.GetProperty("recipe").GetProperty("batch_size").GetInt32());
    }

    [Fact]
    public void A_folder_that_is_no_run_is_said_to_be_none() =>
        Assert.Contains("not a run's folder", Assert.Throws<InputException>(() => RunManifest.Read(store)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"recipe":{"name":"x"},"data":"mnist","data_digest":null,"program_version":"1","command_line":[]}""")]
    [InlineData("""{"recipe":{"name":"x"},"data":"mnist","data_digest":"d","program_version":1,"command_line":[]}""")]
    [InlineData("""{"recipe":{"name":"x"},"data":"mnist","data_digest":"d","program_version":"1","command_line":{}}""")]
    public void A_damaged_one_is_named(string json)
    {
        store.Plant(RunManifest.FileName, Encoding.UTF8.GetBytes(json));
        Assert.Contains("'memory:run.json' cannot be read", Assert.Throws<InputException>(() => RunManifest.Read(store)).Message, StringComparison.Ordinal);
    }
}
