using Distributed.Coordinator.Data;
using Distributed.Coordinator.Recipes;
using Distributed.Coordinator.Tuning;
using Distributed.Protocol;

namespace Distributed.Coordinator.Commands;

/// <summary>Understands the values of a tune command line.</summary>
public sealed class TuneOptionsReader(TuneOptionSet options)
{
    private const int WorkersMax = 1024;
    private const double SplitDefault = 0.1;
    private const string SplitKey = "validation-split";

    /// <exception cref="InputException">A value is not allowed, or two options do not go together.</exception>
    public TuneOptions Read(ParsedCommand command)
    {
        string? resume = command.Text(options.Resume);
        var common = new TuneOptions
        {
            Data = FullPath(command.Text(options.Data)),
            TestData = FullPath(command.Text(options.TestData)),
            LabelColumn = command.Text(options.LabelColumn),
            Parallel = command.Value(options.Parallel)?.WholeNumber(1, WorkersMax),
            Workers = command.Value(options.Workers)?.WholeNumber(1, WorkersMax),
        };
        return resume is null ? ReadNew(command, common) : common with { Resume = Existing(command, resume) };
    }

    private TuneOptions ReadNew(ParsedCommand command, TuneOptions common)
    {
        IReadOnlyList<string> grid = command.Texts(options.Grid);
        if (grid.Count == 0)
        {
            throw new InputException("tune needs --grid KEY=VALUES, as --grid learning-rate=0.001,0.01: the values to try for one of train's options");
        }

        string name = command.Text(options.RecipeName) ?? RecipeCatalog.DefaultName;
        Recipe recipe = Override(command, RecipeCatalog.Load(name));
        bool isSplitAdded = recipe.ValidationSplit == 0 && !IsGiven(command, grid, SplitKey);
        var request = new TuningRequest(
            isSplitAdded ? recipe with { ValidationSplit = SplitDefault } : recipe,
            grid,
            command.Value(options.Random)?.WholeNumber(1, TrialList.TrialsMax),
            command.Has(options.Halving) ? command.Value(options.Halving)?.WholeNumber(2) ?? Rung.FactorDefault : null,
            command.Value(options.Metric)?.Metric() ?? TuningMetric.ValidationAccuracy);
        RefuseWithoutEffect(command, TuningPlan.For(request));
        return common with
        {
            Request = request,
            RecipeReference = RecipeCatalog.Names.Contains(name) ? name : Path.GetFullPath(name),
            IsSplitAdded = isSplitAdded,
            Directory = NewDirectory(command),
        };
    }

    private Recipe Override(ParsedCommand command, Recipe recipe)
    {
        foreach ((RecipeSetting setting, CommandOption option) in options.RecipeOptions)
        {
            recipe = command.Value(option) is { } value ? setting.Apply(recipe, value) : recipe;
        }

        return recipe;
    }

    private bool IsGiven(ParsedCommand command, IReadOnlyList<string> grid, string key) =>
        options.RecipeOptions.Any(pair => pair.Setting.Key == key && command.Has(pair.Option))
        || grid.Any(axis => axis.StartsWith(key + "=", StringComparison.Ordinal));

    private void RefuseWithoutEffect(ParsedCommand command, TuningPlan plan)
    {
        foreach ((RecipeSetting setting, CommandOption option) in options.RecipeOptions.Where(pair => command.Has(pair.Option)))
        {
            if (plan.Axes.Any(axis => axis.Key == setting.Key))
            {
                throw new InputException($"{option.Name} and --grid {setting.Key} do not go together: a value is fixed or tried; leave one out");
            }

            if (!plan.Trials.Any(trial => setting.HasEffect(trial.Recipe)))
            {
                throw new InputException($"{option.Name} has no effect without {setting.NeededFor}; add that or leave {option.Name} out");
            }
        }
    }

    private string Existing(ParsedCommand command, string directory)
    {
        CommandOption[] fixedOptions = [options.Grid, options.Random, options.Halving, options.Metric, options.RecipeName, options.Directory];
        if (fixedOptions.Concat(options.RecipeOptions.Select(pair => pair.Option)).FirstOrDefault(command.Has) is { } option)
        {
            throw new InputException(
                $"{option.Name} cannot change a tuning that is resumed: {directory} keeps its own; leave {option.Name} out, or start a new tuning"
            );
        }

        return File.Exists(Path.Combine(directory, TuningManifest.FileName))
            ? directory
            : throw new InputException(
                $"--resume {directory} holds no tuning: it has no {TuningManifest.FileName}; give the folder that tune printed"
                    + (File.Exists(Path.Combine(directory, "run.json")) ? $" (a run goes on with {CommandLine.ProgramName} --resume {directory})" : "")
            );
    }

    private string? NewDirectory(ParsedCommand command)
    {
        string? directory = command.Text(options.Directory);
        if (directory is null)
        {
            return null;
        }

        if (File.Exists(Path.Combine(directory, TuningManifest.FileName)))
        {
            throw new InputException(
                $"--tune-dir {directory} already holds a tuning; continue it with tune --resume {directory}, or give another folder");
        }

        return !File.Exists(directory) && (!Directory.Exists(directory) || Directory.EnumerateFileSystemEntries(directory).All(IsLeftover))
            ? directory
            : throw new InputException($"--tune-dir {directory} is not a new or empty folder; give one that is");
    }

    /// <summary>What a tuning leaves that was killed before it had written what it is.</summary>
    private static bool IsLeftover(string entry) => Path.GetFileName(entry).StartsWith("tuning.", StringComparison.Ordinal);

    private static string? FullPath(string? data) =>
        data is null || data.Equals(DataFormats.MnistName, StringComparison.OrdinalIgnoreCase) ? data : Path.GetFullPath(data);
}
