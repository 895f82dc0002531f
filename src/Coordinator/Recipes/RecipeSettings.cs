using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;
using Distributed.Protocol;
using static Distributed.Coordinator.Recipes.SettingFormats;

namespace Distributed.Coordinator.Recipes;

/// <summary>Every value of a recipe, once: recipe files, options, their checks, defaults and help all read this table.</summary>
public static class RecipeSettings
{
    private const int MicrobatchesMax = 1024;
    private const int EpochsMax = 1_000_000;

    private static readonly (string, Activation)[] Activations =
        [("relu", Activation.Relu), ("sigmoid", Activation.Sigmoid), ("tanh", Activation.Tanh)];

    private static readonly (string, OptimizerKind)[] Optimizers =
        [("sgd", OptimizerKind.Sgd), ("momentum", OptimizerKind.Momentum), ("adam", OptimizerKind.Adam), ("adamw", OptimizerKind.AdamW)];

    private static readonly (string, ScaleKind)[] Scales =
        [("none", ScaleKind.None), ("min-max", ScaleKind.MinMax), ("standard", ScaleKind.Standard)];

    private static readonly (string, EarlyStoppingMetric)[] Metrics =
        [("loss", EarlyStoppingMetric.Loss), ("accuracy", EarlyStoppingMetric.Accuracy)];

    /// <summary>In the order of --help.</summary>
    public static IReadOnlyList<RecipeSetting> All { get; } =
    [
        new("hidden", "Model", "UNITS", "units of each hidden layer, as 128 or 128,64; none for softmax regression",
            (r, s) => r with { Hidden = s.HiddenLayers() }, r => HiddenLayers(r.Hidden))
        { IsList = true },
        new("activation", "Model", "NAME", "after every hidden layer: relu, sigmoid or tanh",
            (r, s) => r with { Activation = s.OneOf(Activations) }, r => Word(Activations, r.Activation))
        { HasEffect = r => r.Hidden.Count > 0, NeededFor = "a hidden layer (--hidden 128)" },
        new("dropout", "Model", "P", "probability in [0, 1) that a hidden unit is dropped in training",
            (r, s) => r with { Dropout = s.Fraction() }, r => Number(r.Dropout))
        { HasEffect = r => r.Hidden.Count > 0, NeededFor = "a hidden layer (--hidden 128)" },
        new("init", "Model", "HOW", "initial weights: uniform:A, normal:S, constant:C, xavier or he",
            (r, s) => r with { Weights = s.WeightInitializer() }, r => Initializer(r.Weights)),
        new("bias-init", "Model", "HOW", "initial biases: constant:C, uniform:A or normal:S",
            (r, s) => r with { Biases = s.BiasInitializer() }, r => Initializer(r.Biases)),

        new("optimizer", "Training", "NAME", "sgd, momentum, adam or adamw",
            (r, s) => r with { Optimizer = s.OneOf(Optimizers) }, r => Word(Optimizers, r.Optimizer)),
        new("learning-rate", "Training", "RATE", "size of a step, above 0",
            (r, s) => r with { LearningRate = s.Positive() }, r => Number(r.LearningRate)),
        new("schedule", "Training", "HOW", "of the rate: constant, step:EPOCHS:FACTOR, exponential:FACTOR, cosine[:FLOOR] or linear[:FLOOR]",
            (r, s) => r with { Schedule = s.Schedule() }, r => Schedule(r.Schedule)),
        new("warmup", "Training", "LENGTH", "rate rises from 0 along a line: over a share (0.05) of all steps, or a number (200); 0 for none",
            (r, s) => r with { Warmup = s.ShareOrCount("steps", 0.05, 200) }, r => Number(r.Warmup)),
        new("momentum", "Training", "M", "factor of the velocity in [0, 1), for --optimizer momentum",
            (r, s) => r with { Momentum = s.Fraction() }, r => Number(r.Momentum))
        { HasEffect = r => r.Optimizer == OptimizerKind.Momentum, NeededFor = "--optimizer momentum" },
        new("beta1", "Training", "B", "Adam's decay of the first moment, in [0, 1)",
            (r, s) => r with { Beta1 = s.Fraction() }, r => Number(r.Beta1))
        { HasEffect = r => IsAdam(r.Optimizer), NeededFor = "--optimizer adam or adamw" },
        new("beta2", "Training", "B", "Adam's decay of the second moment, in [0, 1)",
            (r, s) => r with { Beta2 = s.Fraction() }, r => Number(r.Beta2))
        { HasEffect = r => IsAdam(r.Optimizer), NeededFor = "--optimizer adam or adamw" },
        new("epsilon", "Training", "E", "added to Adam's denominator, above 0",
            (r, s) => r with { Epsilon = s.Positive() }, r => Number(r.Epsilon))
        { HasEffect = r => IsAdam(r.Optimizer), NeededFor = "--optimizer adam or adamw" },
        new("l2", "Training", "LAMBDA", "weight of the penalty λ/2·‖W‖², biases excluded",
            (r, s) => r with { L2 = s.NotNegative() }, r => Number(r.L2)),
        new("weight-decay", "Training", "LAMBDA", "AdamW's decoupled decay: a step takes η·λ·W from the weights, biases excluded",
            (r, s) => r with { WeightDecay = s.NotNegative() }, r => Number(r.WeightDecay))
        { HasEffect = r => r.Optimizer == OptimizerKind.AdamW, NeededFor = "--optimizer adamw" },
        new("clip-norm", "Training", "NORM", "mean gradient is scaled down to this norm where it is longer; off for never",
            (r, s) => r with { ClipNorm = s.PositiveOr("off") }, r => r.ClipNorm == 0f ? "off" : Number(r.ClipNorm)),
        new("label-smoothing", "Training", "EPSILON", "share of a training target that is spread over all classes, in [0, 1)",
            (r, s) => r with { LabelSmoothing = s.Fraction() }, r => Number(r.LabelSmoothing)),
        new("epochs", "Training", "N", "passes over the training data",
            (r, s) => r with { Epochs = s.WholeNumber(1, EpochsMax) }, r => $"{r.Epochs}"),
        new("early-stopping", "Training", "EPOCHS", "end after so many epochs in which validation got no better, keep the best weights; or off",
            (r, s) => r with { EarlyStopping = s.WholeNumberOr("off", 1) }, r => r.EarlyStopping == 0 ? "off" : $"{r.EarlyStopping}")
        { HasEffect = r => r.ValidationSplit > 0, NeededFor = "validation samples (--validation-split 0.1)" },
        new("early-stopping-metric", "Training", "NAME", "of the validation samples: loss, which should fall, or accuracy, which should rise",
            (r, s) => r with { EarlyStoppingMetric = s.OneOf(Metrics) }, r => Word(Metrics, r.EarlyStoppingMetric))
        { HasEffect = r => r.EarlyStopping > 0, NeededFor = "--early-stopping 5 (and --validation-split 0.1)" },
        new("batch-size", "Training", "N", "samples per minibatch, or full for all of them",
            (r, s) => r with { BatchSize = s.WholeNumberOr("full", 1) }, r => r.BatchSize == 0 ? "full" : $"{r.BatchSize}"),
        new("microbatches", "Training", "N", "fixed parts of a minibatch, shared out to the workers",
            (r, s) => r with { Microbatches = s.WholeNumber(1, MicrobatchesMax) }, r => $"{r.Microbatches}"),
        new("seed", "Training", "N", "of the initial weights, the order of samples and dropout",
            (r, s) => r with { Seed = s.Seed() }, r => $"{r.Seed}"),

        new("scale", "Data", "HOW", "features as they are (none), to [0, 1] (min-max), or to mean 0 and deviation 1 (standard)",
            (r, s) => r with { Scale = s.OneOf(Scales) }, r => Word(Scales, r.Scale)),
        new("train-samples", "Data", "N", "use only the first N training samples, or all",
            (r, s) => r with { TrainSamples = s.WholeNumberOr("all", 1) }, r => r.TrainSamples == 0 ? "all" : $"{r.TrainSamples}"),
        new("validation-split", "Data", "SPLIT", "held out of training: a share (0.1) or a number of samples (1000); 0 for none",
            (r, s) => r with { ValidationSplit = s.ShareOrCount("samples", 0.1, 1000) }, r => Number(r.ValidationSplit)),
    ];

    private static bool IsAdam(OptimizerKind kind) => kind is OptimizerKind.Adam or OptimizerKind.AdamW;

    /// <summary>The setting of a key, or null.</summary>
    public static RecipeSetting? Find(string key) => All.FirstOrDefault(setting => setting.Key == key);
}
