using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Tests.Commands;

/// <summary>What a training run leaves on the two streams, and its exit code.</summary>
public sealed class TrainCommandTests
{
    [Fact]
    public void Standard_output_is_exactly_the_two_closing_lines()
    {
        var runner = new CommandLineRunner();
        runner.Session.Story = observer => observer.Event("worker-1 joined", EventLevel.Information);
        Assert.Equal(0, runner.Run("--workers 2"));
        Assert.Equal($"test accuracy 0.9712\nweights digest {new string('a', 64)}\n", runner.Output);
        Assert.Contains("worker-1 joined\n", runner.Error);
    }

    [Fact]
    public void Without_test_data_there_is_no_test_accuracy()
    {
        var runner = new CommandLineRunner();
        runner.Session.Outcome = runner.Session.Outcome with { TestAccuracy = null };
        Assert.Equal(0, runner.Run(""));
        Assert.Equal($"weights digest {new string('a', 64)}\n", runner.Output);
    }

    [Fact]
    public void A_failed_run_returns_the_sessions_code()
    {
        var runner = new CommandLineRunner();
        runner.Session.Outcome = new TrainingOutcome { ExitCode = ExitCode.Failed, RunDirectory = "runs/fake-1" };
        Assert.Equal(1, runner.Run(""));
        Assert.Equal("", runner.Output);
    }

    [Fact]
    public void An_interrupted_run_says_so_and_prints_the_command_that_goes_on()
    {
        var runner = new CommandLineRunner();
        runner.Session.Outcome = new TrainingOutcome { ExitCode = ExitCode.Interrupted, RunDirectory = "runs/my run" };
        runner.Session.Story = _ => runner.Interrupts.Press();
        Assert.Equal(130, runner.Run("--workers 3 --single-process --checkpoint-every 7 --epochs 9"));
        Assert.Equal("", runner.Output);
        string[] lines = runner.Error.TrimEnd().Split('\n');
        Assert.Equal("stopping after this step, saving a checkpoint (Ctrl-C again: stop at once)", lines[0]);
        Assert.Equal("  coordinator --resume 'runs/my run' --workers 3 --single-process --checkpoint-every 7", lines[^1]);
    }

    [Fact]
    public void Input_that_the_session_refuses_is_one_sentence_and_code_2()
    {
        var runner = new CommandLineRunner();
        runner.Session.Story = _ => throw new Protocol.InputException("mine.csv, line 3: 784 values were expected, 12 are there");
        Assert.Equal(2, runner.Run("--data mine.csv"));
        Assert.Equal("error: mine.csv, line 3: 784 values were expected, 12 are there.\n", runner.Error);
    }

    [Fact]
    public void A_bug_is_shown_whole_and_has_code_1()
    {
        var runner = new CommandLineRunner();
        runner.Session.Story = _ => throw new InvalidOperationException("the sky fell");
        Assert.Equal(1, runner.Run(""));
        Assert.Equal("", runner.Output);
        Assert.StartsWith("error: this is a bug in coordinator 1.2.3; please report it with what follows.\n", runner.Error);
        Assert.Contains("InvalidOperationException: the sky fell\n   at ", runner.Error);
    }

    [Fact]
    public void A_run_that_is_interrupted_before_its_first_step_has_code_130()
    {
        var runner = new CommandLineRunner();
        runner.Session.Story = _ =>
        {
            runner.Interrupts.Press();
            throw new OperationCanceledException();
        };
        Assert.Equal(130, runner.Run(""));
        Assert.DoesNotContain("bug", runner.Error);
    }

    [Theory]
    [InlineData("/usr/bin/coordinator", "/there/a", "/bin:/usr/bin", "coordinator")]
    [InlineData("/there/a/src/bin/coordinator", "/there/a", "/bin", "src/bin/coordinator")]
    [InlineData("/there/a/coordinator", "/there/a", "/bin", "./coordinator")]
    [InlineData("/opt/my tools/coordinator", "/there/a", "/bin", "'/opt/my tools/coordinator'")]
    [InlineData("/usr/bin/dotnet", "/there/a/b", "/bin:/usr/bin", "dotnet /there/a/coordinator.dll")]
    [InlineData("/usr/share/dotnet/dotnet", "/there/a", "/bin", "/usr/share/dotnet/dotnet ./coordinator.dll")]
    [InlineData("/usr/share/dotnet/dotnet", "/there", "/bin", "/usr/share/dotnet/dotnet a/coordinator.dll")]
    [InlineData(null, "/there/a", null, "coordinator")]
    public void The_command_to_paste_starts_this_program(string? process, string directory, string? path, string expected) =>
        Assert.Equal(expected, Invocation.Name(process, "/there/a/coordinator.dll", directory, path));

    [Theory]
    [InlineData("runs/a-1", "runs/a-1")]
    [InlineData("my run", "'my run'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$HOME", "'$HOME'")]
    [InlineData("", "''")]
    public void Words_are_quoted_for_a_shell(string word, string quoted) => Assert.Equal(quoted, ResumeCommand.Quoted(word));
}
