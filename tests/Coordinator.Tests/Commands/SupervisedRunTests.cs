using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Recipes;
using Distributed.Coordinator.Storage;
using Distributed.Protocol;
using static Distributed.Coordinator.Tests.Commands.CommandLineRunner;

namespace Distributed.Coordinator.Tests.Commands;

/// <summary>What --resume-if-exists makes of a folder.</summary>
public sealed class SupervisedRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("supervised-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData(".coordinator/00000001.json")]
    public void A_folder_without_a_run_begins_one(string leftover)
    {
        if (leftover.Length > 0)
        {
            string path = Path.Combine(_folder, leftover);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
        }

        TrainOptions asked = Accepted($"--run-dir {_folder} --resume-if-exists --epochs 3");
        Assert.Equal((_folder, null, 3), (asked.RunDirectory, asked.Resume, asked.Recipe?.Epochs));
        Assert.Equal($"{_folder}/new", Accepted($"--run-dir {_folder}/new --resume-if-exists").RunDirectory);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--epochs 3")]
    [InlineData("--recipe scratch-mlp --epochs 3 --learning-rate 0.050")]
    public void A_run_is_continued_also_when_its_recipe_is_named_again(string recipe)
    {
        MakeRun();
        TrainOptions asked = Accepted($"--run-dir {_folder} --resume-if-exists {recipe}");
        Assert.Equal(_folder, asked.Resume);
        Assert.Null(asked.Recipe);
        Assert.Null(asked.RunDirectory);
        Assert.True(asked.IsSupervised);
    }

    [Fact]
    public void Another_recipe_is_refused()
    {
        MakeRun();
        Assert.Equal(
            $"--run-dir {_folder} holds a run with --epochs 3, and this command line says 4; give the run's own recipe, or another folder",
            Refusal($"--run-dir {_folder} --resume-if-exists --epochs 4"));
        Assert.StartsWith($"--run-dir {_folder} holds a run with --", Refusal($"--run-dir {_folder} --resume-if-exists --recipe adam-mlp --epochs 3"));
    }

    [Fact]
    public void What_else_does_not_go_together_is_refused()
    {
        Assert.StartsWith("--resume-if-exists needs --run-dir DIR", Refusal("--resume-if-exists"));
        Assert.StartsWith("--resume and --resume-if-exists do not go together", Refusal($"--resume-if-exists --resume {_folder}"));
        Assert.StartsWith(
            "--resume-if-exists has no effect on a standby",
            Refusal($"--cluster --seed-node 127.0.0.1:1 --role standby --listen 127.0.0.1:2 --run-dir {_folder} --resume-if-exists"));
        File.WriteAllText(Path.Combine(_folder, "notes.txt"), "");
        Assert.StartsWith($"--run-dir {_folder} is not empty", Refusal($"--run-dir {_folder} --resume-if-exists"));
        File.WriteAllText(Path.Combine(_folder, "run.json"), "{");
        Assert.Contains("cannot be read", Refusal($"--run-dir {_folder} --resume-if-exists --epochs 3"));
    }

    private void MakeRun() => new RunManifest(
        RecipeCatalog.Default with { Epochs = 3 }, new DataOptions("mnist", null, null), new Digest(new string('0', 64)), "1.2.3", [])
        .Write(new FolderRunStore(_folder));
}
