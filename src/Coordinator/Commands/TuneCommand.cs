using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Terminal;
using Distributed.Coordinator.Tuning;

namespace Distributed.Coordinator.Commands;

/// <summary>Trains a recipe with other values again and again, and says which are best.</summary>
public static class TuneCommand
{
    public static CommandDefinition Definition(int cores)
    {
        var options = new TuneOptionSet(cores);
        return new CommandDefinition(
            "tune",
            "tries values for options, and says which train best",
            (command, environment) => RunAsync(new TuneOptionsReader(options).Read(command), environment)
        )
        {
            Options = options.All,
            Examples =
            [
                ("tune --recipe adam-mlp --grid learning-rate=0.0003,0.001,0.003", "three trials"),
                ("tune --recipe adam-mlp --grid learning-rate=0.0003,0.001 --grid 'hidden=64,32;128,64' --halving", "four, the best one further"),
                ("tune --grid learning-rate=0.001..0.3 --grid batch-size=16..256 --random 20 --seed 7", "20 points of two ranges"),
                ("tune --resume runs/tune-adam-mlp-1", "goes on with a stopped tuning"),
            ],
            Notes =
            [
                "Values stand between commas; values that have commas themselves, between semicolons, in quotes. "
                    + "A..B is a range for --random: equal ratios are equally likely.",
                "Every value of a recipe can be an axis of the grid, or be fixed for all trials by its option. "
                    + "Trials are ranked by validation samples alone, a tenth of the training samples where the recipe holds none out; "
                    + "test samples are used once, for the best one.",
            ],
        };
    }

    private static async Task<int> RunAsync(TuneOptions options, CommandEnvironment environment)
    {
        using OpenTuning tuning = OpenTuning.Of(options, environment);
        try
        {
            await TrainAsync(tuning, options, environment).ConfigureAwait(false);
            if (tuning.Progress.IsOver)
            {
                return await TuneReport.WriteAsync(tuning, environment).ConfigureAwait(false);
            }

            await SayHowToGoOnAsync("stopped", tuning, options, environment).ConfigureAwait(false);
            return ExitCode.Interrupted;
        }
        catch (Exception failure) when (StoreFault.Is(failure))
        {
            string error = $"error: {failure.Message.TrimEnd('.')}. Make room or mend what is wrong";
            await SayHowToGoOnAsync(error, tuning, options, environment).ConfigureAwait(false);
            return ExitCode.Failed;
        }
    }

    private static async Task TrainAsync(OpenTuning tuning, TuneOptions options, CommandEnvironment environment)
    {
        await using ITuningDisplay display = TuningDisplay.For(environment.Error, environment.Time);
        display.Event($"tuning folder {tuning.Folder.Path}", EventLevel.Information);
        if (options.IsSplitAdded)
        {
            display.Event(
                "the recipe holds no validation samples out to rank trials by, so every trial holds out a tenth (--validation-split 0.1)",
                EventLevel.Information);
        }

        using CancellationTokenRegistration announcement = environment.Interrupts.Requested.Register(() =>
            display.Event("stopping after this step of each trial, saving checkpoints (Ctrl-C again: stop at once)", EventLevel.Information)
        );
        var settings = new TuningSettings(tuning.Folder.Path, environment.Cores, options.Parallel, options.Workers, tuning.ArgumentsOf);
        await new TuningRun(tuning.Progress, tuning.Ledger, tuning.Trainer, display, settings)
            .RunAsync(environment.Interrupts.Requested)
            .ConfigureAwait(false);
    }

    private static Task SayHowToGoOnAsync(string what, OpenTuning tuning, TuneOptions options, CommandEnvironment environment)
    {
        string command = $"{environment.InvokedAs} tune --resume {ResumeCommand.Quoted(tuning.Folder.Path)}"
            + (options.Parallel is { } parallel ? $" --parallel {parallel}" : "")
            + (options.Workers is { } workers ? $" --workers {workers}" : "");
        return environment.Error.Writer.WriteLineAsync($"{what}; this goes on where it was:\n  {command}");
    }
}
