using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Hosting;
using Distributed.Coordinator.Terminal;

namespace Distributed.EndToEnd;

/// <summary>What one call of the program did.</summary>
internal sealed record Result(int ExitCode, string Output, string Error)
{
    /// <summary>The last line but one of a training run: test accuracy 0.9712.</summary>
    internal double TestAccuracy => double.Parse(Closing("test accuracy "));

    /// <summary>The last line of a training run: weights digest and 64 digits.</summary>
    internal string Digest => Closing("weights digest ");

    private string Closing(string start)
    {
        string? line = Output.Split('\n').SingleOrDefault(l => l.StartsWith(start, StringComparison.Ordinal));
        Assert.True(line is not null, $"no line '{start}…' in the output:\n{Output}\n{Error}");
        return line[start.Length..].Trim();
    }
}

/// <summary>Runs the whole program, from its arguments to its files, inside the test's process, the workers too.</summary>
internal static class Trainer
{
    private static MnistLocator Mnist { get; } = new(AppContext.BaseDirectory, AppContext.BaseDirectory);

    /// <summary>Trains in a new folder below <paramref name="folder"/>, which must end well.</summary>
    internal static async Task<Result> TrainAsync(TestFolder folder, params string[] arguments)
    {
        Result result = await RunAsync(["--run-dir", folder.NewRun(), .. arguments], CancellationToken.None);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)} ended with {result.ExitCode}:\n{result.Error}");
        return result;
    }

    /// <summary>Runs one command line; <paramref name="interrupt"/> stands for Ctrl-C.</summary>
    internal static Task<Result> RunAsync(IReadOnlyList<string> arguments, CancellationToken interrupt) =>
        RunAsync(arguments, SessionFor(arguments, TimeProvider.System), interrupt);

    /// <summary>Runs one command line and interrupts it once <paramref name="steps"/> steps were shown.</summary>
    internal static Task<Result> RunAndInterruptAsync(IReadOnlyList<string> arguments, int steps) =>
        RunAsync(arguments, new InterruptedSession(SessionFor(arguments, new SteppingTime()), steps), CancellationToken.None);

    private static TrainingSession SessionFor(IReadOnlyList<string> arguments, TimeProvider time) =>
        new(Mnist, time, Environment.ProcessorCount, "test", arguments);

    private static async Task<Result> RunAsync(IReadOnlyList<string> arguments, ITrainingSession session, CancellationToken interrupt)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        if (arguments[0].StartsWith("--", StringComparison.Ordinal))
        {
            // The default command: train.
            arguments = [.. arguments, "--single-process"];
        }

        int exitCode = await CommandLine.RunAsync(arguments, new CommandEnvironment
        {
            Output = new ConsoleStream(output, IsTerminal: false, HasEscapes: false, () => 0),
            Error = new ConsoleStream(TextWriter.Synchronized(error), IsTerminal: false, HasEscapes: false, () => 0),
            Time = TimeProvider.System,
            Interrupts = new Interrupts(interrupt),
            Session = session,
            Trials = new TrialSource(Mnist, TimeProvider.System, Environment.ProcessorCount, "test"),
            Models = new TrainedModels(Mnist, Environment.ProcessorCount),
            Cores = Environment.ProcessorCount,
            InvokedAs = "coordinator",
            Version = "test",
        });
        return new Result(exitCode, output.ToString(), error.ToString());
    }

    private sealed record Interrupts(CancellationToken Requested) : IInterrupts;
}
