using Distributed.Coordinator.Checkpoints;
using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Tests.Checkpoints;

/// <summary>A small checkpoint whose every field differs from its default and whose floats have awkward bits.</summary>
internal static class SampleCheckpoint
{
    public static TrainingCheckpoint Make(int step = 7, bool small = false)
    {
        Recipe recipe = small ? SmallRecipe : FullRecipe;
        int count = ParameterLayout.For(recipe.ShapeFor(2, 3)).Count;
        return new TrainingCheckpoint
        {
            Recipe = recipe,
            DataDigest = Digest.Of("data"u8),
            ProgramVersion = "0.1.0+test",
            Features = 2,
            Classes = 3,
            Scale = new FeatureScale(-0.1f, 1f / 3f),
            Position = new CheckpointPosition(new StepNumber(step), Epoch: 2, LossSum: 0.1 + 0.2, Correct: 11, Samples: 5_000_000_000),
            Weights = Floats(count, step),
            Moments = small ? [] : [new OptimizerMoment("moment1", Floats(count, step + 1)), new OptimizerMoment("moment2", Floats(count, step + 2))],
            Powers = new Dictionary<string, double> { ["beta1"] = Math.Pow(0.9, 7), ["beta2"] = double.Epsilon },
            Extra = new Dictionary<string, string> { ["best"] = "\"quoted\" ümlaut" },
        };
    }

    /// <summary>Finite, subnormal, infinite, NaN and negative zero, by index.</summary>
    public static float[] Floats(int count, int seed)
    {
        var values = new float[count];
        for (int index = 0; index < count; index++)
        {
            uint bits = unchecked((uint)(index + 1) * 2_654_435_761u) ^ ((uint)seed * 40_503u);
            values[index] = BitConverter.UInt32BitsToSingle(bits);
        }

        values[0] = -0f;
        values[^1] = float.NaN;
        return values;
    }

    public static Recipe FullRecipe { get; } = new()
    {
        Name = "test \"recipe\"",
        Description = "with <markup> & more",
        Hidden = [4, 5],
        Activation = Activation.Tanh,
        Dropout = 0.1f,
        Weights = new Initializer(InitializerKind.Uniform, 0.3f),
        Biases = new Initializer(InitializerKind.Constant, 0.01f),
        Optimizer = OptimizerKind.Adam,
        LearningRate = 1f / 3f,
        Schedule = new LearningRateSchedule(ScheduleKind.Step, 1f / 7f, 2),
        Warmup = 1.0 / 3,
        Momentum = 0.8f,
        Beta1 = 0.85f,
        Beta2 = 0.95f,
        Epsilon = 1e-7f,
        L2 = 1e-4f,
        WeightDecay = 1e-3f,
        ClipNorm = 1f / 11f,
        LabelSmoothing = 0.1f,
        Epochs = 3,
        EarlyStopping = 2,
        EarlyStoppingMetric = EarlyStoppingMetric.Accuracy,
        BatchSize = 17,
        Microbatches = 3,
        Seed = ulong.MaxValue,
        Scale = ScaleKind.Standard,
        TrainSamples = 100,
        ValidationSplit = 0.1,
    };

    private static Recipe SmallRecipe { get; } = new() { Name = "s", Hidden = [] };
}
