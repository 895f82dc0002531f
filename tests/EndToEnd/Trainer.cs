using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Hosting;
using Distributed.Coordinator.Terminal;

namespace Distributed.EndToEnd;

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
