using Distributed.Bench.InProcess;
using Distributed.Coordinator.Data;
using Distributed.Numerics.Optimizers;
using Distributed.Protocol;

namespace Distributed.Bench.Compare;

/// <summary>What ours and the peers both do in a row: a recipe, some of its samples, some epochs.</summary>
/// <param name="RecipeName">A built-in recipe, or one of bench/recipes.</param>
/// <param name="Epochs">Epochs of one run.</param>
/// <param name="FileSamples">Samples taken of the training file; 0 for as many as the recipe says.</param>
/// <param name="Microbatches">Parts of a minibatch; 0 for as many as the recipe says.</param>
internal sealed record Work(string RecipeName, int Epochs, int FileSamples = 0, int Microbatches = 0)
{
    private const int MnistSamples = 60_000;

    /// <summary>No validation split where the sources' peers have none, so that both sides train on the same samples.</summary>
    public Recipe Recipe
    {
        get
        {
            Recipe recipe = TrainingSetup.Recipe(RecipeName) with { Epochs = Epochs };
            recipe = recipe.ValidationSplit < 1 ? recipe with { ValidationSplit = 0 } : recipe;
            recipe = Microbatches > 0 ? recipe with { Microbatches = Microbatches } : recipe;
            return FileSamples > 0 ? recipe with { TrainSamples = FileSamples } : recipe;
        }
    }

    /// <summary>Samples that are trained on.</summary>
    public int Samples => SampleSplit.Of(Recipe, MnistSamples).Training.Length;

    public bool IsFullBatch => Recipe.BatchSize == 0;

    public int StepsPerEpoch => IsFullBatch ? 1 : (Samples + Recipe.BatchSize - 1) / Recipe.BatchSize;

    public IReadOnlyList<string> ProgramArguments() =>
    [
        "--recipe", TrainingSetup.RecipeArgument(RecipeName), "--epochs", $"{Epochs}",
        "--validation-split", $"{Recipe.ValidationSplit}", "--train-samples", Recipe.TrainSamples == 0 ? "all" : $"{Recipe.TrainSamples}",
        "--microbatches", $"{Recipe.Microbatches}",
    ];

    /// <summary>Of <see cref="Watch"/>.</summary>
    public IReadOnlyList<string> WatchArguments() => [RecipeName, $"{Epochs}", $"{FileSamples}"];

    /// <summary>Prints the processor seconds of a step with one worker, of the whole program if its epochs are long enough to look twice.</summary>
    public static void Watch(IReadOnlyList<string> arguments)
    {
        var work = new Work(arguments[0], int.Parse(arguments[1]), int.Parse(arguments[2]));
        double seconds = RunWatch.Train(work.Recipe, workers: 1).ProcessorSecondsPerStep;
        Console.WriteLine($"{(double.IsNaN(seconds) ? StepLoop.ProcessorSecondsPerStep(TrainingSetup.Of(work.Recipe)) : seconds):r}");
    }

    public IReadOnlyList<string> PeerArguments()
    {
        Recipe recipe = Recipe;
        return
        [
            "--data", new MnistLocator(AppContext.BaseDirectory, Environment.CurrentDirectory).Find().Folder,
            "--layers", string.Join(',', [784, .. recipe.Hidden, 10]),
            "--samples", $"{Samples}",
            "--batch", $"{(IsFullBatch ? Samples : recipe.BatchSize)}",
            "--epochs", $"{Epochs}",
            "--optimizer", recipe.Optimizer == OptimizerKind.Adam ? "adam" : "sgd",
            "--learning-rate", $"{recipe.LearningRate}",
            "--dropout", $"{recipe.Dropout}",
        ];
    }
}
