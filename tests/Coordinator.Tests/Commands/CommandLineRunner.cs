using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Terminal;

namespace Distributed.Coordinator.Tests.Commands;

/// <summary>Runs command lines in this process and keeps what they write.</summary>
public sealed class CommandLineRunner
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public FakeTrainingSession Session { get; } = new();

    public FakeTrials Trials { get; } = new();

    public FakeModelSource Models { get; } = new();

    public FakeInterrupts Interrupts { get; } = new();

    public int Width { get; set; } = 80;

    /// <summary>Standard input.</summary>
    public byte[] Input { get; set; } = [];

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    /// <summary>Splits at spaces.</summary>
    public int Run(string commandLine) => Run(Words(commandLine));

    public int Run(string[] args) => CommandLine.RunAsync(args, Environment()).GetAwaiter().GetResult();

    /// <summary>The single line on standard error of a command line that must fail with exit code 2.</summary>
    public static string Refusal(string commandLine) => Refusal(Words(commandLine));

    /// <summary>Likewise, for words that hold spaces.</summary>
    public static string Refusal(string[] args)
    {
        var runner = new CommandLineRunner();
        int code = runner.Run(args);
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Equal("", runner.Output);
        Assert.Null(runner.Session.Asked);
        Assert.Empty(runner.Trials.Trained);
        Assert.StartsWith("error: ", runner.Error);
        Assert.EndsWith("\n", runner.Error);
        string sentence = runner.Error["error: ".Length..^1];
        Assert.DoesNotContain('\n', sentence);
        Assert.DoesNotContain("   at ", sentence);
        Assert.True(sentence[^1] is '.' or '?', sentence);
        return sentence.TrimEnd('.');
    }

    /// <summary>What a train command line that must be accepted asks the session for.</summary>
    public static TrainOptions Accepted(string commandLine)
    {
        var runner = new CommandLineRunner();
        int code = runner.Run(commandLine);
        Assert.Equal("", runner.Error);
        Assert.Equal(ExitCode.Done, code);
        return runner.Session.Asked!;
    }

    private static string[] Words(string commandLine) => commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private CommandEnvironment Environment() => new()
    {
        OpenInput = () => new MemoryStream(Input),
        Output = new ConsoleStream(_output, IsTerminal: true, HasEscapes: false, () => Width),
        Error = new ConsoleStream(_error, IsTerminal: false, HasEscapes: false, () => Width),
        Time = TimeProvider.System,
        Interrupts = Interrupts,
        Session = Session,
        Trials = Trials,
        Models = Models,
        Cores = 6,
        InvokedAs = "coordinator",
        Version = "1.2.3",
    };
}
