using System.Text.Json;
using Distributed.Coordinator.Recipes;

namespace Distributed.Coordinator.Tests.Commands;

public sealed class RecipesCommandTests
{
    [Fact]
    public void The_list_has_a_line_per_recipe_and_marks_the_default()
    {
        string[] lines = Output("recipes").TrimEnd().Split('\n');
        Assert.Equal(RecipeCatalog.Names, lines.Select(line => line.Split(' ')[0]));
        Assert.Equal([true, false, false, false, false], lines.Select(line => line.EndsWith(" (default)")));
        Assert.All(lines, line => Assert.True(line.Length > 40));
    }

    [Fact]
    public void The_list_as_json()
    {
        using JsonDocument list = JsonDocument.Parse(Output("recipes --json"));
        Assert.Equal(RecipeCatalog.Names, list.RootElement.EnumerateArray().Select(recipe => recipe.GetProperty("name").GetString()!));
        Assert.Equal(
            "scratch-mlp",
            list.RootElement.EnumerateArray().Single(recipe => recipe.GetProperty("default").GetBoolean()).GetProperty("name").GetString()
        );
    }

    [Fact]
    public void Show_prints_a_file_that_can_be_trained_from_as_it_is()
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.yaml");
        File.WriteAllText(file, Output("recipes show adam-mlp"));
        try
        {
            Assert.Equal("adam-mlp", CommandLineRunner.Accepted($"--recipe {file}").Recipe!.Name);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Output(string commandLine)
    {
        var runner = new CommandLineRunner();
        Assert.Equal(0, runner.Run(commandLine));
        Assert.Equal("", runner.Error);
        return runner.Output;
    }
}
