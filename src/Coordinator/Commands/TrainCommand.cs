using Distributed.Coordinator.Terminal;

namespace Distributed.Coordinator.Commands;

/// <summary>Trains a recipe and shows the way there: the default command.</summary>
public static class TrainCommand
{
    private const string ReportFile = "report.html";

    public static CommandDefinition Definition(int cores)
    {
        var options = new TrainOptionSet(cores);
        return new CommandDefinition(
            "train",
            "trains a network",
            (command, environment) => RunAsync(new TrainOptionsReader(options).Read(command, environment.Cores), environment)
        )
        {
            Options = options.All,
            Examples =
            [
                ("--workers 4", "trains the default recipe on MNIST, with four workers"),
                ("--recipe adam-mlp --epochs 10", "another recipe, longer"),
                ("--data mine.csv --label-column digit", "a table of one's own"),
                ("--hidden 256,64 --dropout 0.2", "a network of one's own"),
                ("--resume runs/scratch-mlp-1", "goes on with a stopped run"),
            ],
            Notes =
            [
                "Ctrl-C stops after the step, saves a checkpoint and prints the command that goes on; a second Ctrl-C stops at once.",
                "Results go to standard output, progress to standard error.",
            ],
        };
    }

    private static async Task<int> RunAsync(TrainOptions options, CommandEnvironment environment)
    {
        TrainingOutcome outcome = await TrainAsync(options, environment).ConfigureAwait(false);
        if (outcome.ExitCode == ExitCode.Interrupted)
        {
            await environment.Error.Writer.WriteLineAsync("stopped; this goes on where it was:").ConfigureAwait(false);
            await environment
                .Error.Writer.WriteLineAsync($"  {ResumeCommand.For(options, outcome.RunDirectory, environment.InvokedAs)}")
                .ConfigureAwait(false);
            return ExitCode.Interrupted;
        }

        if (outcome.ExitCode == ExitCode.Done && File.Exists(Path.Combine(outcome.RunDirectory, ReportFile)))
        {
            string report = Path.Combine(outcome.RunDirectory, ReportFile);
            await environment.Error.Writer.WriteLineAsync($"curves and misread samples: {report}").ConfigureAwait(false);
        }

        foreach (string line in ClosingLines.For(outcome))
        {
            await environment.Output.Writer.WriteLineAsync(line).ConfigureAwait(false);
        }

        return outcome.ExitCode;
    }

    private static async Task<TrainingOutcome> TrainAsync(TrainOptions options, CommandEnvironment environment)
    {
        await using ITrainingDisplay display = TrainingDisplay.For(environment.Error, environment.Time);
        using CancellationTokenRegistration announcement = environment.Interrupts.Requested.Register(() =>
            display.Event("stopping after this step, saving a checkpoint (Ctrl-C again: stop at once)", EventLevel.Information)
        );
        return await environment.Session.RunAsync(options, display, environment.Interrupts.Requested).ConfigureAwait(false);
    }
}
