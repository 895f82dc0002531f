using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;

namespace Distributed.Protocol;

/// <summary>How raw features become what the network sees; the constants come from the training data.</summary>
public enum ScaleKind
{
    /// <summary>As they are.</summary>
    None,

    /// <summary>(x - min) / (max - min), over all training features together; x / 255 for bytes that span 0 to 255.</summary>
    MinMax,

    /// <summary>(x - mean) / standard deviation, over all training features together.</summary>
    Standard,
}

/// <summary>What early stopping watches on the validation samples.</summary>
public enum EarlyStoppingMetric
{
    /// <summary>It should fall.</summary>
    Loss,

    /// <summary>It should rise.</summary>
    Accuracy,
}

/// <summary>Everything that determines the trained weights, apart from the data's own bytes. Worker count, transport and threads are not part of it.</summary>
public sealed record Recipe
{
    public required string Name { get; init; }

    public string Description { get; init; } = "";

    public IReadOnlyList<int> Hidden { get; init; } = [128];

    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>Probability that a hidden unit is zeroed in training, in [0, 1).</summary>
    public float Dropout { get; init; }

    public Initializer Weights { get; init; } = new(InitializerKind.He, 0);

    public Initializer Biases { get; init; } = new(InitializerKind.Constant, 0);

    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Sgd;

    public float LearningRate { get; init; } = 0.05f;

    /// <summary>What multiplies the learning rate as the run goes on.</summary>
    public LearningRateSchedule Schedule { get; init; } = new(ScheduleKind.Constant);

    /// <summary>Linear warm-up: a share below 1 of the run's steps, or a number of steps from 1 up; 0 means none.</summary>
    public double Warmup { get; init; }

    /// <summary>The factor of <see cref="OptimizerKind.Momentum"/>, in [0, 1).</summary>
    public float Momentum { get; init; } = 0.9f;

    public float Beta1 { get; init; } = 0.9f;

    public float Beta2 { get; init; } = 0.999f;

    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>λ of the penalty λ/2·‖W‖² on weights, biases excluded; its gradient λ·W is added once per step, after averaging.</summary>
    public float L2 { get; init; }

    /// <summary>λ of <see cref="OptimizerKind.AdamW"/>: each step takes η·λ·W from the weights, biases excluded.</summary>
    public float WeightDecay { get; init; } = 0.01f;

    /// <summary>The mean gradient is scaled down to this Euclidean norm where its norm is above it; 0 for never.</summary>
    public float ClipNorm { get; init; }

    /// <summary>ε in [0, 1): the share of a sample's target that is spread evenly over all classes. Training alone has it.</summary>
    public float LabelSmoothing { get; init; }

    /// <summary>
    /// Epochs in a row without a better <see cref="EarlyStoppingMetric"/> after which the run ends; 0 trains every epoch. Where it is above 0,
    /// the result is the weights of the epoch with the best one.
    /// </summary>
    public int EarlyStopping { get; init; }

    /// <summary>What <see cref="EarlyStopping"/> watches.</summary>
    public EarlyStoppingMetric EarlyStoppingMetric { get; init; }

    public int Epochs { get; init; } = 5;

    /// <summary>Samples per minibatch; 0 means all training samples (full batch). The last minibatch of an epoch may be smaller.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Microbatches per minibatch: the fixed unit of arithmetic.</summary>
    public int Microbatches { get; init; } = 8;

    public ulong Seed { get; init; } = 42;

    public ScaleKind Scale { get; init; } = ScaleKind.MinMax;

    /// <summary>Use only the first so many samples of the training file; 0 means all.</summary>
    public int TrainSamples { get; init; }

    /// <summary>Held out of training: a share below 1, or a number of samples from 1 up; 0 means none. Which ones depends on the seed alone.</summary>
    public double ValidationSplit { get; init; }

    /// <summary>The optimizer's constants.</summary>
    public OptimizerSettings OptimizerSettings => new(Optimizer, Momentum, Beta1, Beta2, Epsilon, L2, WeightDecay, ClipNorm);

    /// <summary>The network this recipe trains on data with these dimensions.</summary>
    public NetworkShape ShapeFor(int features, int classes) => new(features, Hidden, classes, Activation, Dropout);
}
