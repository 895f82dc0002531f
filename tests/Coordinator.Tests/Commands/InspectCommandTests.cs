using System.Text.Json;
using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Tests.Checkpoints;
using Distributed.Coordinator.Tests.Data;
using Distributed.Protocol;
using static Distributed.Coordinator.Tests.Commands.CommandLineRunner;

namespace Distributed.Coordinator.Tests.Commands;

public sealed class InspectCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_shows_its_files_the_newest_whole_one_and_what_failed()
    {
        MakeRun();
        (int code, string output, string error) = Inspect(_folder.Path);
        Assert.Equal((1, true), (code, error.StartsWith($"error: '{Checkpoint(9)}' cannot be used: it is cut short", StringComparison.Ordinal)));
        Assert.Single(error.Trim().Split('\n'));
        Assert.StartsWith($"{_folder.Path}: a run of test \"recipe\", not finished\n", output);
        Assert.Matches(@"\ncheckpoints/step-00000009\.safetensors +\S+ +- +- +failed\n", output);
        Assert.Matches(@"\ncheckpoints/step-00000007\.safetensors +\S+ +7 +2 +passed\n", output);
        Assert.Contains($"\n{Checkpoint(7)}: checkpoint, ", output);
        Assert.Contains("data digest", output);
        File.Delete(Checkpoint(9));
        Assert.Equal(0, Inspect(_folder.Path).Code);
    }

    [Fact]
    public void A_run_that_has_just_begun_has_no_files_and_no_fault()
    {
        MakeRun();
        Directory.Delete(Path.Combine(_folder.Path, CheckpointName.Folder), recursive: true);
        (int code, string output, string error) = Inspect(_folder.Path);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("no model and no checkpoint yet", output);
    }

    [Fact]
    public void For_scripts_there_is_json()
    {
        MakeRun();
        JsonElement file = JsonDocument.Parse(Inspect(Checkpoint(7), "--json").Output).RootElement;
        Assert.Equal(7, file.GetProperty("position").GetProperty("step").GetInt32());
        Assert.Equal(JsonValueKind.Null, file.GetProperty("fault").ValueKind);
        Assert.Equal("W1", file.GetProperty("tensors")[0].GetProperty("name").GetString());
        JsonElement run = JsonDocument.Parse(Inspect(_folder.Path, "--json").Output).RootElement;
        Assert.Equal(2, run.GetProperty("files").GetArrayLength());
        Assert.Single(run.GetProperty("faults").EnumerateArray());
        Assert.Equal(17, run.GetProperty("recipe").GetProperty("batch_size").GetInt32());
    }

    [Fact]
    public void What_cannot_be_inspected_is_refused()
    {
        Assert.Equal("inspect needs RUN|FILE: a run's folder, a checkpoint, a model, or any other .safetensors file", Refusal("inspect"));
        Assert.Equal(
            $"{_folder.Path} is not a run's folder: it has no run.json, no model.safetensors and no checkpoints", Refusal(["inspect", _folder.Path]));
        string table = _folder.Write("mine.csv", "1,2");
        Assert.Equal($"{table} is not inspected: give a run's folder or a .safetensors file", Refusal(["inspect", table]));
        Assert.Contains("did you mean mine.csv", Refusal(["inspect", Path.Combine(_folder.Path, "mime.csv")]));
    }

    private string Checkpoint(int step) => Path.Combine(_folder.Path, CheckpointName.PathOf(new StepNumber(step)));

    private void MakeRun()
    {
        var store = new FolderRunStore(_folder.Path);
        new RunManifest(SampleCheckpoint.FullRecipe, new DataOptions("mnist", null, null), Digest.Of("data"u8), "1.0", ["--epochs", "3"]).Write(store);
        foreach (int step in new[] { 7, 9 })
        {
            CheckpointFile.Write(store, CheckpointName.PathOf(new StepNumber(step)), SampleCheckpoint.Make(step));
        }

        using FileStream newest = File.OpenWrite(Checkpoint(9));
        newest.SetLength(newest.Length - 1);
    }

    private static (int Code, string Output, string Error) Inspect(params string[] words)
    {
        var runner = new CommandLineRunner { Width = 200 };
        int code = runner.Run(["inspect", .. words]);
        return (code, runner.Output, runner.Error);
    }
}
