using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Recipes;
using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;
using Distributed.Protocol;
using static Distributed.Coordinator.Tests.Commands.CommandLineRunner;

namespace Distributed.Coordinator.Tests.Commands;

/// <summary>Options override the recipe, each its own value and no other.</summary>
public sealed class OverrideTests
{
    /// <summary>Each option with a value that no built-in recipe has, and what it needs beside it.</summary>
    private static readonly Dictionary<string, (string Value, string Beside, Func<Recipe, object> Read, object Expected)> Overrides = new()
    {
        ["hidden"] = ("30,20", "", r => string.Join('-', r.Hidden), "30-20"),
        ["activation"] = ("tanh", "--hidden 9", r => r.Activation, Activation.Tanh),
        ["dropout"] = ("0.25", "--hidden 9", r => r.Dropout, 0.25f),
        ["init"] = ("normal:0.3", "", r => r.Weights, new Initializer(InitializerKind.Normal, 0.3f)),
        ["bias-init"] = ("constant:-0.25", "", r => r.Biases, new Initializer(InitializerKind.Constant, -0.25f)),
        ["optimizer"] = ("momentum", "", r => r.Optimizer, OptimizerKind.Momentum),
        ["learning-rate"] = ("0.7", "", r => r.LearningRate, 0.7f),
        ["schedule"] = ("step:3:0.25", "", r => r.Schedule, new LearningRateSchedule(ScheduleKind.Step, 0.25f, 3)),
        ["warmup"] = ("0.125", "", r => r.Warmup, 0.125),
        ["momentum"] = ("0.75", "--optimizer momentum", r => r.Momentum, 0.75f),
        ["beta1"] = ("0.75", "--optimizer adam", r => r.Beta1, 0.75f),
        ["beta2"] = ("0.75", "--optimizer adam", r => r.Beta2, 0.75f),
        ["epsilon"] = ("1e-3", "--optimizer adam", r => r.Epsilon, 1e-3f),
        ["l2"] = ("0.5", "", r => r.L2, 0.5f),
        ["weight-decay"] = ("0.5", "--optimizer adamw", r => r.WeightDecay, 0.5f),
        ["clip-norm"] = ("2.5", "", r => r.ClipNorm, 2.5f),
        ["label-smoothing"] = ("0.125", "", r => r.LabelSmoothing, 0.125f),
        ["early-stopping"] = ("6", "--validation-split 0.2", r => r.EarlyStopping, 6),
        ["early-stopping-metric"] =
            ("accuracy", "--early-stopping 6 --validation-split 0.2", r => r.EarlyStoppingMetric, EarlyStoppingMetric.Accuracy),
        ["epochs"] = ("77", "", r => r.Epochs, 77),
        ["batch-size"] = ("17", "", r => r.BatchSize, 17),
        ["microbatches"] = ("3", "", r => r.Microbatches, 3),
        ["seed"] = ("18446744073709551615", "", r => r.Seed, ulong.MaxValue),
        ["scale"] = ("standard", "", r => r.Scale, ScaleKind.Standard),
        ["train-samples"] = ("123", "", r => r.TrainSamples, 123),
        ["validation-split"] = ("0.35", "", r => r.ValidationSplit, 0.35),
    };

    [Fact]
    public void Every_value_of_a_recipe_has_an_option_and_every_option_a_test() =>
        Assert.Equal(RecipeSettings.All.Select(setting => setting.Key).Order(), Overrides.Keys.Order());

    [Fact]
    public void Each_option_changes_its_own_value_in_every_recipe_and_nothing_else()
    {
        foreach (string recipe in RecipeCatalog.Names)
        {
            foreach ((string key, (string value, string beside, Func<Recipe, object> read, object expected)) in Overrides)
            {
                Recipe before = Accepted($"--recipe {recipe} {beside}").Recipe!;
                Recipe after = Accepted(
                    $"--{key} {value} --recipe {recipe} {beside}".Replace("--hidden 30,20 --hidden 9", "--hidden 30,20")
                ).Recipe!;
                Assert.Equal(expected, read(after));
                RecipeSetting setting = RecipeSettings.Find(key)!;
                Recipe restored = setting.Apply(after, new SettingText(key, setting.Format(before)));
                Assert.Equal(Values(before), Values(restored));
                Assert.NotEqual(Values(before), Values(after));
            }
        }
    }

    [Fact]
    public void Options_work_with_and_without_the_command_on_either_side_of_it_and_with_an_equals_sign()
    {
        foreach (string line in (string[])["--epochs 9", "train --epochs 9", "--epochs 9 train", "--epochs=9", "train --epochs=9"])
        {
            Assert.Equal(9, Accepted(line).Recipe!.Epochs);
        }
    }

    [Fact]
    public void Without_options_the_default_recipe_trains_on_all_cores()
    {
        TrainOptions asked = Accepted("");
        Assert.Equal(Values(RecipeCatalog.Default), Values(asked.Recipe!));
        Assert.Equal(6, asked.Workers);
        Assert.False(asked.SingleProcess);
        Assert.False(asked.TensorBoard);
        Assert.Null(asked.Data);
        Assert.Null(asked.TestData);
        Assert.Null(asked.LabelColumn);
        Assert.Null(asked.RunDirectory);
        Assert.Null(asked.InitFrom);
        Assert.Null(asked.Resume);
        Assert.Null(asked.CheckpointEverySteps);
    }

    [Fact]
    public void Options_of_the_run_arrive()
    {
        TrainOptions asked = Accepted(
            "--workers 1024 --single-process --data a.csv --test-data b.csv --label-column digit --checkpoint-every 50 --tensorboard --init-from w.npz"
        );
        Assert.Equal(1024, asked.Workers);
        Assert.True(asked.SingleProcess);
        Assert.Equal("a.csv", asked.Data);
        Assert.Equal("b.csv", asked.TestData);
        Assert.Equal("digit", asked.LabelColumn);
        Assert.Equal(50, asked.CheckpointEverySteps);
        Assert.True(asked.TensorBoard);
        Assert.Equal("w.npz", asked.InitFrom);
    }

    [Fact]
    public void Words_for_special_values_are_understood()
    {
        Assert.Equal(0, Accepted("--batch-size full").Recipe!.BatchSize);
        Assert.Equal(0, Accepted("--recipe kaggle-two-layer --train-samples all").Recipe!.TrainSamples);
        Assert.Empty(Accepted("--hidden none").Recipe!.Hidden);
        Assert.Equal(1000, Accepted("--validation-split 1000").Recipe!.ValidationSplit);
        Assert.Equal(InitializerKind.Xavier, Accepted("--init xavier").Recipe!.Weights.Kind);
    }

    private static string[] Values(Recipe recipe) => [.. RecipeSettings.All.Select(setting => $"{setting.Key} {setting.Format(recipe)}")];
}
