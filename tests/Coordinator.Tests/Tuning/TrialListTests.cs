using Distributed.Coordinator.Recipes;
using Distributed.Coordinator.Tuning;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Tuning;

/// <summary>Which trials a grid has.</summary>
public sealed class TrialListTests
{
    private static readonly Recipe Base = RecipeCatalog.BuiltIn("adam-mlp");

    [Fact]
    public void The_last_axis_changes_fastest_and_lists_keep_their_commas() =>
        Assert.Equal(
            [
                "1: learning-rate 0.0003, hidden 64,32",
                "2: learning-rate 0.0003, hidden none",
                "3: learning-rate 0.001, hidden 64,32",
                "4: learning-rate 0.001, hidden none",
            ],
            Titles(SamplePlans.Of(["learning-rate=3e-4,0.001", "hidden=64,32;none"])));

    /// <summary>Every value of a recipe can be an axis, written as its option is.</summary>
    [Fact]
    public void Every_setting_can_be_an_axis()
    {
        foreach (RecipeSetting setting in RecipeSettings.All)
        {
            string value = setting.Format(Base with { ValidationSplit = 0.25 });
            Recipe recipe = setting.Key switch
            {
                "momentum" => Base with { Optimizer = Numerics.Optimizers.OptimizerKind.Momentum },
                "weight-decay" => Base with { Optimizer = Numerics.Optimizers.OptimizerKind.AdamW },
                "early-stopping-metric" => Base with { EarlyStopping = 2 },
                _ => Base,
            };
            TuningPlan plan = TuningPlan.For(new TuningRequest(recipe, [$"{setting.Key}={value}{(setting.IsList ? ";none" : "")}"], null, null, default));
            Assert.Equal(value, plan.Trials[0].Values[0]);
            Assert.Equal(setting.IsList ? 2 : 1, plan.Trials.Count);
        }
    }

    /// <summary>With SGD the momentum does nothing: one trial, not two of the same.</summary>
    [Fact]
    public void Values_without_effect_make_no_trials_of_their_own() =>
        Assert.Equal(
            ["1: optimizer sgd", "2: optimizer momentum, momentum 0.8", "3: optimizer momentum, momentum 0.9"],
            Titles(SamplePlans.Of(["optimizer=sgd,momentum", "momentum=0.8,0.9"])));

    [Fact]
    public void Drawn_trials_are_different_points_of_the_grid_and_the_seed_names_them()
    {
        string[] grid = ["learning-rate=0.1,0.2,0.3", "batch-size=16,32,64"];
        string[] all = Titles(SamplePlans.Of(grid));
        string[] drawn = Titles(SamplePlans.Of(grid, random: 9));
        Assert.Equal(all.Select(Untitled).Order(), drawn.Select(Untitled).Order());
        Assert.NotEqual(all, drawn);
        Assert.Equal(drawn[..4], Titles(SamplePlans.Of(grid, random: 4)));
        Recipe other = Base with { Seed = 7 };
        Assert.NotEqual(drawn, Titles(TuningPlan.For(new TuningRequest(other, grid, 9, null, default))));
    }

    /// <summary>The same on every machine: these were drawn once, and are what the seed 42 stands for.</summary>
    [Fact]
    public void A_seed_draws_these_trials_and_no_others() =>
        Assert.Equal(
            [
                "1: learning-rate 0.00113, batch-size 87, activation tanh",
                "2: learning-rate 0.0112, batch-size 17, activation relu",
                "3: learning-rate 0.00144, batch-size 19, activation tanh",
                "4: learning-rate 0.000691, batch-size 31, activation relu",
                "5: learning-rate 0.00056, batch-size 55, activation relu",
            ],
            Titles(SamplePlans.Of(["learning-rate=0.0001..0.1", "batch-size=16..256", "activation=relu,tanh"], random: 5)));

    [Fact]
    public void A_range_is_drawn_by_ratio_within_its_ends()
    {
        TuningPlan plan = SamplePlans.Of(["learning-rate=0.0001..0.1", "batch-size=16..256"], random: 3000);
        double[] rates = [.. plan.Trials.Select(trial => (double)trial.Recipe.LearningRate)];
        Assert.All(rates, rate => Assert.InRange(rate, 0.0001f, 0.1f));
        Assert.All(plan.Trials, trial => Assert.InRange(trial.Recipe.BatchSize, 16, 256));
        foreach (double decade in (double[])[0.0001, 0.001, 0.01])
        {
            Assert.InRange(rates.Count(rate => rate >= decade && rate < 10 * decade), 900, 1100);
        }
    }

    private static string[] Titles(TuningPlan plan) => [.. plan.Trials.Select(trial => $"{trial.Number}: {trial.Title(plan.Axes)}")];

    private static string Untitled(string title) => title[(title.IndexOf(':') + 2)..];
}
