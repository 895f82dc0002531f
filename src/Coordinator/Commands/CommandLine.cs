using Distributed.Protocol;

namespace Distributed.Coordinator.Commands;

/// <summary>The program, apart from the process it runs in.</summary>
public static class CommandLine
{
    /// <summary>As written in help and messages.</summary>
    public const string ProgramName = "coordinator";

    /// <summary>Runs one command line.</summary>
    /// <returns>
    /// The exit code, see <see cref="ExitCode"/>. Bad input of any kind is one sentence on standard error; only a bug shows a stack
    /// trace.
    /// </returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CommandEnvironment environment)
    {
        try
        {
            return await DispatchAsync(args, environment).ConfigureAwait(false);
        }
        catch (InputException e)
        {
            await environment.Error.Writer.WriteLineAsync($"error: {Sentence(e.Message)}").ConfigureAwait(false);
            return ExitCode.BadInput;
        }
        catch (OperationCanceledException) when (environment.Interrupts.Requested.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            string bug = $"error: this is a bug in {ProgramName} {environment.Version}; please report it with what follows.\n{e}";
            await environment.Error.Writer.WriteLineAsync(bug).ConfigureAwait(false);
            return ExitCode.Failed;
        }
    }

    /// <summary>A period at the end where no mark is.</summary>
    private static string Sentence(string message) => message.Length == 0 || ".?!".Contains(message[^1]) ? message : message + ".";

    /// <summary>All commands; train is the default one.</summary>
    /// <param name="cores">The default number of workers.</param>
    public static CommandTree Tree(int cores) =>
        new(
            ProgramName,
            [
                TrainCommand.Definition(cores),
                EvaluateCommand.Definition(),
                PredictCommand.Definition(),
                CompareCommand.Definition(),
                InspectCommand.Definition(),
                ExportCommand.Definition(),
                TuneCommand.Definition(cores),
                RecipesCommand.Definition(),
            ]
        );

    private static async Task<int> DispatchAsync(IReadOnlyList<string> args, CommandEnvironment environment)
    {
        CommandTree tree = Tree(environment.Cores);
        CommandWords words = tree.Split(args);
        if (words.Result.GetResult(CommonOptions.Help.Symbol) is { Implicit: false })
        {
            var help = new HelpText(tree, environment.Output.Width);
            await environment.Output.Writer.WriteAsync(help.For(words.Definition, words.IsRoot)).ConfigureAwait(false);
            return ExitCode.Done;
        }

        ParsedCommand command = new UsageCheck(tree).Check(words);
        if (command.Has(CommonOptions.Version))
        {
            await environment.Output.Writer.WriteLineAsync($"{ProgramName} {environment.Version}").ConfigureAwait(false);
            return ExitCode.Done;
        }

        return await command.Definition.Run(command, environment).ConfigureAwait(false);
    }
}
