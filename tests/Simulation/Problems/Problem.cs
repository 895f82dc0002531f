using Distributed.Coordinator.Data;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;
using Distributed.Numerics.Random;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;
using Distributed.Worker;

namespace Distributed.Simulation.Problems;

/// <summary>Something small to train, and the weights that a plain sequential run of it has after every step.</summary>
public sealed class Problem
{
    /// <summary>How many different ones there are.</summary>
    public const int Count = 24;

    private static readonly Lazy<Problem>[] Made = Enumerable.Range(0, Count).Select(index => new Lazy<Problem>(() => new Problem(index))).ToArray();

    [ThreadStatic]
    private static GradientComputation?[]? s_computations;

    private readonly int _index;

    private Problem(int index)
    {
        _index = index;
        Recipe recipe = MakeRecipe(index);
        Data = new LoadedData(MakeSamples(index), null, "made up");
        DataDigest = Data.Train.ComputeDigest();
        int[] training = Enumerable.Range(0, Data.Train.Count).ToArray();
        Run = new RunDescription(recipe, FeatureScale.Identity, recipe.ShapeFor(Data.Train.Features, Data.Train.Classes), training);
        Reference = new ReferenceRun(Run, Data.Train);
    }

    public LoadedData Data { get; }

    public Digest DataDigest { get; }

    public RunDescription Run { get; }

    /// <summary>What must come out.</summary>
    public ReferenceRun Reference { get; }

    public static Problem Of(int index) => Made[index].Value;

    /// <summary>
    /// The arithmetic at this width. It has scratch memory, so each thread has its own; it has no state, so all simulations of a thread
    /// share it.
    /// </summary>
    public GradientComputation Computation(InstructionSet set)
    {
        int sets = Enum.GetValues<InstructionSet>().Length;
        s_computations ??= new GradientComputation?[Count * sets];
        return s_computations[(_index * sets) + (int)set] ??= new GradientComputation(Run, Data.Train, set);
    }

    private static Recipe MakeRecipe(int index) => new()
    {
        Name = $"problem-{index}",
        Hidden = index % 3 == 0 ? [] : [3],
        Activation = (Activation)(index % 3),
        Dropout = index % 4 == 1 && index % 3 != 0 ? 0.25f : 0,
        Optimizer = (OptimizerKind)(index / 3 % 3),
        LearningRate = 0.05f,
        BatchSize = (index % 4) switch { 0 => 8, 1 => 12, 2 => 7, _ => 10 },
        Microbatches = (index % 5) switch { 0 => 8, 1 => 4, 2 => 5, 3 => 7, _ => 3 },
        Epochs = 2 + (index % 2),
        Seed = 1000 + (ulong)index,
        Scale = ScaleKind.None,
        L2 = index % 7 == 3 ? 0.01f : 0,
    };

    private static Dataset MakeSamples(int index)
    {
        const int Features = 4;
        const int Classes = 3;
        int samples = 41 + (index % 8);
        Prng random = Prng.ForAuxiliary((ulong)index, 1);
        float[] features = new float[samples * Features];
        for (int i = 0; i < features.Length; i++)
        {
            features[i] = (2 * random.NextSingle()) - 1;
        }

        int[] labels = Enumerable.Range(0, samples).Select(_ => random.NextInt32(Classes)).ToArray();
        return Dataset.OfFloats(Features, Classes, features, labels);
    }
}
