using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Recipes;

namespace Distributed.Coordinator.Tests.Commands;

/// <summary>Help lists everything there is, fits the terminal, and goes to standard output.</summary>
public sealed class HelpTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    [InlineData("--help --workers 0")]
    [InlineData("--wrong --help")]
    public void The_programs_help_shows_commands_options_defaults_examples_and_exit_codes(string commandLine)
    {
        string help = Help(commandLine, 80);
        foreach (RecipeSetting setting in RecipeSettings.All)
        {
            Assert.Contains($"\n  --{setting.Key} {setting.Placeholder}", help);
        }

        string[] expected =
        [
            "Usage:",
            "coordinator [train] [options]",
            "coordinator evaluate RUN|MODEL",
            "coordinator predict RUN|MODEL",
            "coordinator export RUN|MODEL",
            "coordinator tune",
            "coordinator recipes",
            "Examples:",
            "Run:",
            "Data:",
            "Model:",
            "Training:",
            "Checkpoints:",
            "--resume DIR",
            "--workers N",
            "[default 6, the cores here]",
            "[default 0.05]",
            "[default scratch-mlp]",
            "Exit codes:",
            "0 done, 1 failed, 2 bad usage or input, 130 interrupted",
            "--version",
        ];
        Assert.All(expected, text => Assert.Contains(text, help));
    }

    [Theory]
    [InlineData("train --help", "--epochs N")]
    [InlineData("evaluate --help", "--test-data SOURCE")]
    [InlineData("predict -h", "--index N")]
    [InlineData("export --help", "--format FORMAT")]
    [InlineData("tune --help", "--halving [FACTOR]")]
    [InlineData("recipes --help", "show")]
    public void Each_command_has_its_own_help(string commandLine, string option)
    {
        string help = Help(commandLine, 80);
        Assert.Contains($"coordinator {commandLine.Split(' ')[0]}: ", help);
        Assert.Contains(option, help);
        Assert.DoesNotContain("COMMAND --help", help);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(72)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(500)]
    public void Help_fits_the_terminal(int width)
    {
        foreach (string command in (string[])["", "train ", "evaluate ", "predict ", "export ", "tune ", "recipes "])
        {
            foreach (string line in Help(command + "--help", width).Split('\n'))
            {
                bool isOneExample = line.StartsWith("  coordinator ", StringComparison.Ordinal);
                Assert.True(line.Length <= Math.Min(width, 110) || isOneExample, $"{line.Length} columns: {line}");
                Assert.Equal(line.TrimEnd(), line);
            }
        }
    }

    [Fact]
    public void Every_example_is_accepted_by_the_parser()
    {
        var tree = CommandLine.Tree(cores: 2);
        var check = new UsageCheck(tree);
        foreach ((string example, _) in tree.Commands.SelectMany(command => command.Examples))
        {
            string line = example.Split(" > ")[0];
            Assert.NotNull(check.Check(tree.Split(line.Split(' '))));
        }
    }

    [Fact]
    public void Version_is_one_line()
    {
        var runner = new CommandLineRunner();
        Assert.Equal(0, runner.Run("--version"));
        Assert.Equal("coordinator 1.2.3\n", runner.Output);
        Assert.Equal("", runner.Error);
    }

    private static string Help(string commandLine, int width)
    {
        var runner = new CommandLineRunner { Width = width };
        Assert.Equal(0, runner.Run(commandLine));
        Assert.Equal("", runner.Error);
        Assert.Null(runner.Session.Asked);
        return runner.Output;
    }
}
