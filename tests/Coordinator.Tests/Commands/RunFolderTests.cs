using static Distributed.Coordinator.Tests.Commands.CommandLineRunner;

namespace Distributed.Coordinator.Tests.Commands;

/// <summary>Which folders a run may be started in or resumed from.</summary>
public sealed class RunFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("run-folder-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_new_or_empty_folder_is_taken()
    {
        Assert.Equal(_folder, Accepted($"--run-dir {_folder}").RunDirectory);
        Assert.Equal($"{_folder}/new", Accepted($"--run-dir {_folder}/new").RunDirectory);
    }

    [Fact]
    public void A_folder_that_holds_a_run_is_not_overwritten()
    {
        MakeRun();
        Assert.Equal(
            $"--run-dir {_folder} already holds a run; continue it with --resume {_folder}, or give another folder",
            Refusal($"--run-dir {_folder}")
        );
    }

    [Fact]
    public void A_folder_with_other_files_and_a_file_are_refused()
    {
        string file = Path.Combine(_folder, "notes.txt");
        File.WriteAllText(file, "");
        Assert.Equal($"--run-dir {_folder} is not empty; give a new or empty folder", Refusal($"--run-dir {_folder}"));
        Assert.Equal($"--run-dir {file} is a file; give a new or empty folder", Refusal($"--run-dir {file}"));
    }

    [Fact]
    public void Resume_takes_the_folder_of_a_run_and_leaves_the_recipe_to_it()
    {
        MakeRun();
        var asked = Accepted($"--resume {_folder} --workers 3");
        Assert.Equal(_folder, asked.Resume);
        Assert.Null(asked.Recipe);
        Assert.Null(asked.RunDirectory);
        Assert.Equal(3, asked.Workers);
    }

    [Theory]
    [InlineData("--epochs 3", "--epochs")]
    [InlineData("--recipe adam-mlp", "--recipe")]
    [InlineData("--seed 42", "--seed")]
    public void Resume_refuses_to_change_the_recipe(string option, string name)
    {
        MakeRun();
        Assert.Equal(
            $"{name} cannot change a run that is resumed: {_folder} keeps its own recipe; leave {name} out, or start a new run",
            Refusal($"--resume {_folder} {option}")
        );
    }

    [Fact]
    public void Resume_refuses_another_folder()
    {
        MakeRun();
        Assert.StartsWith("--run-dir and --resume do not go together", Refusal($"--resume {_folder} --run-dir {_folder}/b"));
        Assert.StartsWith("--init-from and --resume do not go together", Refusal($"--resume {_folder} --init-from a.npz"));
        Assert.StartsWith($"--resume {_folder}/none is not a folder", Refusal($"--resume {_folder}/none"));
        File.Delete(Path.Combine(_folder, "run.json"));
        Assert.StartsWith($"--resume {_folder} holds no run", Refusal($"--resume {_folder}"));
    }

    private void MakeRun() => File.WriteAllText(Path.Combine(_folder, "run.json"), "{}");
}
