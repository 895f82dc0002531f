using Distributed.Coordinator.Data;
using Distributed.Coordinator.Recipes;
using Distributed.Numerics;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Bench.InProcess;

/// <summary>What a recipe trains on MNIST, in memory.</summary>
internal sealed record TrainingSetup(RunDescription Description, Dataset Samples)
{
    private static readonly Lazy<LoadedData> Mnist = new(() =>
        new DataLoader(new MnistLocator(AppContext.BaseDirectory, Environment.CurrentDirectory)).Load(new DataOptions("mnist")));

    /// <summary>A built-in recipe, or one of bench/recipes.</summary>
    public static Recipe Recipe(string name) =>
        RecipeCatalog.Names.Contains(name) ? RecipeCatalog.BuiltIn(name) : RecipeCatalog.Load(RecipeFileOf(name));

    /// <summary>Where the program finds <see cref="Recipe"/>: a name, or a file.</summary>
    public static string RecipeArgument(string name) => RecipeCatalog.Names.Contains(name) ? name : RecipeFileOf(name);

    public static TrainingSetup Of(string name) => Of(Recipe(name));

    public static TrainingSetup Of(Recipe recipe)
    {
        Dataset samples = Mnist.Value.Train;
        SampleSplit split = SampleSplit.Of(recipe, samples.Count);
        FeatureScale scale = FeatureScaling.Compute(recipe.Scale, samples, split.Training);
        return new(new RunDescription(recipe, scale, recipe.ShapeFor(samples.Features, samples.Classes), split.Training), samples);
    }

    public Memory<float> InitialWeights()
    {
        Memory<float> weights = AlignedFloats.Allocate(Description.Layout.Count);
        Recipe recipe = Description.Recipe;
        Initialization.Fill(weights.Span, Description.Layout, recipe.Weights, recipe.Biases, recipe.Seed);
        return weights;
    }

    public Optimizer NewOptimizer() =>
        Optimizer.Create(Description.Recipe.OptimizerSettings, Description.Layout, InstructionSets.Best);

    private static string RecipeFileOf(string name) => Path.Combine(AppContext.BaseDirectory, "recipes", name + ".yaml");
}
