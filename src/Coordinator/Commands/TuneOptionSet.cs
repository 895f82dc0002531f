using Distributed.Coordinator.Recipes;
using Distributed.Coordinator.Tuning;

namespace Distributed.Coordinator.Commands;

/// <summary>The options of tune: those of the tuning, and train's for the recipe and the data.</summary>
public sealed class TuneOptionSet
{
    private const string TuningGroup = "Tuning";
    private const string RunGroup = "Run";

    private readonly TrainOptionSet _train;

    /// <param name="cores">The default number of trials at a time.</param>
    public TuneOptionSet(int cores)
    {
        _train = new TrainOptionSet(cores);
        Parallel = new CommandOption(
            "--parallel", "N", RunGroup, "trials that are trained at a time, 1 to 1024; any number gives the same results", $"default {cores}, the cores here");
        All =
        [
            Grid,
            Random,
            Halving,
            Metric,
            RecipeName,
            Parallel,
            Workers,
            Directory,
            Resume,
            .. DataOptions,
            .. RecipeOptions.Select(pair => pair.Option),
            CommonOptions.Help,
        ];
    }

    /// <summary>In help's order.</summary>
    public IReadOnlyList<CommandOption> All { get; }

    public CommandOption Grid { get; } =
        new("--grid", "KEY=VALUES", TuningGroup, "values to try for an option: learning-rate=0.001,0.01; 'hidden=64,32;128,64'; learning-rate=1e-4..0.1")
        {
            IsRepeatable = true,
        };

    public CommandOption Random { get; } =
        new("--random", "N", TuningGroup, "tries N points of the grid, drawn by --seed", "default all points");

    public CommandOption Halving { get; } =
        new(
            "--halving",
            "[FACTOR]",
            TuningGroup,
            $"trains all trials a little, then only the best one in FACTOR further, and so on ({Rung.FactorDefault} when left out)",
            "default every trial to its end"
        );

    public CommandOption Metric { get; } =
        new("--metric", "NAME", TuningGroup, "ranks trials by validation_accuracy or validation_loss", "default validation_accuracy");

    public CommandOption RecipeName => _train.RecipeName;

    public CommandOption Parallel { get; }

    public CommandOption Workers { get; } =
        new("--workers", "N", RunGroup, "workers of each trial, 1 to 1024; any number gives the same results", "default a fair share of the cores");

    public CommandOption Directory { get; } =
        new("--tune-dir", "DIR", RunGroup, "a new folder for the trials and the results", "default a new folder in runs/");

    public CommandOption Resume { get; } =
        new("--resume", "DIR", RunGroup, "continues a stopped tuning, to the same results; what it tries cannot change");

    public CommandOption Data => _train.Data;

    public CommandOption TestData => _train.TestData;

    public CommandOption LabelColumn => _train.LabelColumn;

    /// <summary>Where the samples are.</summary>
    public IReadOnlyList<CommandOption> DataOptions => [Data, TestData, LabelColumn];

    /// <summary>The option of each recipe value, those of one group together.</summary>
    public IEnumerable<(RecipeSetting Setting, CommandOption Option)> RecipeOptions =>
        _train.RecipeOptions.OrderBy(pair => pair.Setting.Group == "Data" ? 0 : 1);
}
