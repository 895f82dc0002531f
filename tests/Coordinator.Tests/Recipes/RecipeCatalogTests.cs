using Distributed.Coordinator.Recipes;
using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Recipes;

/// <summary>The built-in recipes are what their sources trained.</summary>
public sealed class RecipeCatalogTests
{
    private static readonly Initializer Zero = new(InitializerKind.Constant, 0);

    [Fact]
    public void Scratch_mlp()
    {
        Recipe recipe = RecipeCatalog.BuiltIn("scratch-mlp");
        Assert.Equal([128], recipe.Hidden);
        Assert.Equal((Activation.Relu, 0f), (recipe.Activation, recipe.Dropout));
        Assert.Equal((new Initializer(InitializerKind.Uniform, 0.1f), Zero), (recipe.Weights, recipe.Biases));
        Assert.Equal((OptimizerKind.Sgd, 0.05f, 32, 5), (recipe.Optimizer, recipe.LearningRate, recipe.BatchSize, recipe.Epochs));
        Assert.Equal((0, 0.0), (recipe.TrainSamples, recipe.ValidationSplit));
    }

    [Fact]
    public void Softmax_regression()
    {
        Recipe recipe = RecipeCatalog.BuiltIn("softmax-regression");
        Assert.Empty(recipe.Hidden);
        Assert.Equal((new Initializer(InitializerKind.Normal, 0.01f), Zero), (recipe.Weights, recipe.Biases));
        Assert.Equal((OptimizerKind.Sgd, 0.1f, 256, 8), (recipe.Optimizer, recipe.LearningRate, recipe.BatchSize, recipe.Epochs));
    }

    [Fact]
    public void Kaggle_two_layer()
    {
        Recipe recipe = RecipeCatalog.BuiltIn("kaggle-two-layer");
        var uniform = new Initializer(InitializerKind.Uniform, 0.5f);
        Assert.Equal([10], recipe.Hidden);
        Assert.Equal((Activation.Relu, 0f), (recipe.Activation, recipe.Dropout));
        Assert.Equal((uniform, uniform), (recipe.Weights, recipe.Biases));
        Assert.Equal((OptimizerKind.Sgd, 0.1f, 0, 500), (recipe.Optimizer, recipe.LearningRate, recipe.BatchSize, recipe.Epochs));
        Assert.Equal((42_000, 1000.0), (recipe.TrainSamples, recipe.ValidationSplit));
    }

    [Fact]
    public void Dropout_mlp()
    {
        Recipe recipe = RecipeCatalog.BuiltIn("dropout-mlp");
        Assert.Equal([128], recipe.Hidden);
        Assert.Equal((Activation.Relu, 0.5f), (recipe.Activation, recipe.Dropout));
        Assert.Equal(
            (new Initializer(InitializerKind.Normal, 0.01f), new Initializer(InitializerKind.Constant, 0.01f)),
            (recipe.Weights, recipe.Biases)
        );
        Assert.Equal((OptimizerKind.Sgd, 0.01f, 50, 57), (recipe.Optimizer, recipe.LearningRate, recipe.BatchSize, recipe.Epochs));
    }

    [Fact]
    public void Adam_mlp()
    {
        Recipe recipe = RecipeCatalog.BuiltIn("adam-mlp");
        Assert.Equal([128, 64], recipe.Hidden);
        Assert.Equal(new OptimizerSettings(OptimizerKind.Adam, 0.9f, 0.9f, 0.999f, 1e-8f, 0, WeightDecay: 0.01f), recipe.OptimizerSettings);
        Assert.Equal((0.001f, 64, 5, 0.1), (recipe.LearningRate, recipe.BatchSize, recipe.Epochs, recipe.ValidationSplit));
    }

    [Fact]
    public void Every_recipe_explains_every_key_that_matters_to_it_and_is_named_after_its_file()
    {
        foreach (string name in RecipeCatalog.Names)
        {
            Recipe recipe = RecipeCatalog.BuiltIn(name);
            string[] lines = RecipeCatalog.Text(name).Split('\n');
            Assert.Equal(name, recipe.Name);
            Assert.True(recipe.Description.Length is > 20 and < 90);
            Assert.Equal(8, recipe.Microbatches);
            foreach (RecipeSetting setting in RecipeSettings.All.Where(setting => setting.HasEffect(recipe)))
            {
                string line = Assert.Single(lines, line => line.StartsWith($"{setting.Key}: ", StringComparison.Ordinal));
                Assert.Contains(" # ", line);
                Assert.True(line.Length <= 110, line);
            }
        }
    }

    [Fact]
    public void The_files_lie_beside_the_program_to_be_copied()
    {
        foreach (string name in RecipeCatalog.Names)
        {
            string file = Path.Combine(AppContext.BaseDirectory, "Recipes", $"{name}.yaml");
            Assert.Equal(RecipeCatalog.Text(name), File.ReadAllText(file));
        }
    }

    [Fact]
    public void What_a_setting_writes_it_reads_back()
    {
        foreach (Recipe recipe in RecipeCatalog.Names.Select(RecipeCatalog.BuiltIn))
        {
            string text = string.Join('\n', RecipeSettings.All.Select(setting => $"{setting.Key}: {setting.Format(recipe)}"));
            Recipe copy = RecipeFile.Parse(text, "copy.yaml", recipe.Name);
            Assert.Equal(recipe.Hidden, copy.Hidden);
            Assert.Equal(recipe with { Description = "", Hidden = copy.Hidden }, copy);
        }
    }
}
