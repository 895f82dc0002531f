using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Exports;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Training;
using Distributed.Numerics;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Hosting;

/// <summary>A run with its data, weights and optimizer in memory, ready for its next step.</summary>
internal sealed class PreparedRun
{
    private PreparedRun(RunDescription description, LoadedData data, int[] validation, Digest dataDigest, float[] weights, Optimizer optimizer)
    {
        Description = description;
        Data = data;
        Validation = validation;
        DataDigest = dataDigest;
        WeightsArray = weights;
        Weights = new WeightsBuffer(weights);
        Optimizer = optimizer;
        Recipe recipe = description.Recipe;
        EarlyStopping = recipe.EarlyStopping > 0 ? new EarlyStopping(recipe.EarlyStopping, recipe.EarlyStoppingMetric, weights.Length) : null;
    }

    internal RunDescription Description { get; }

    internal LoadedData Data { get; }

    /// <summary>Dataset indices of the held-out samples.</summary>
    internal int[] Validation { get; }

    internal Digest DataDigest { get; }

    /// <summary>The array behind <see cref="Weights"/>.</summary>
    internal float[] WeightsArray { get; }

    internal WeightsBuffer Weights { get; }

    internal Optimizer Optimizer { get; }

    /// <summary>Null where the recipe asks for none.</summary>
    internal EarlyStopping? EarlyStopping { get; }

    /// <summary>The weights that the run begins with, where they come from a file.</summary>
    internal ImportedWeights? Imported { get; private init; }

    internal TrainingPosition Start { get; private set; } = TrainingPosition.Start;

    /// <summary>Of <paramref name="epochs"/>, the one whose weights are the result: the last, or with early stopping the best; null before the first.</summary>
    internal EpochMetrics? ResultEpoch(IReadOnlyList<EpochMetrics> epochs) => EarlyStopping is { BestEpoch: > 0 } stopping
        ? epochs.FirstOrDefault(epoch => epoch.Epoch == stopping.BestEpoch)
        : epochs.LastOrDefault();

    /// <summary>A run before its first step.</summary>
    /// <param name="recipe">What determines the result, apart from the data and the initial weights.</param>
    /// <param name="data">The samples.</param>
    /// <param name="dataDigest">Of the training samples.</param>
    /// <param name="initFrom">The file that holds the initial weights; null for the recipe's own.</param>
    /// <exception cref="InputException">The file with the weights cannot be used.</exception>
    internal static PreparedRun Begin(Recipe recipe, LoadedData data, Digest dataDigest, string? initFrom = null)
    {
        SampleSplit split = SampleSplit.Of(recipe, data.Train.Count);
        FeatureScale scale = FeatureScaling.Compute(recipe.Scale, data.Train, split.Training);
        var description = new RunDescription(recipe, scale, recipe.ShapeFor(data.Train.Features, data.Train.Classes), split.Training);
        float[] weights = new float[description.Layout.Count];
        ImportedWeights? imported = initFrom is null ? null : WeightImport.Read(initFrom, description.Layout);
        if (imported is null)
        {
            Initialization.Fill(weights, description.Layout, recipe.Weights, recipe.Biases, recipe.Seed);
        }
        else
        {
            imported.Values.CopyTo(weights, 0);
        }

        Optimizer optimizer = Optimizer.Create(recipe.OptimizerSettings, description.Layout, InstructionSets.Best);
        return new PreparedRun(description, data, split.Validation, dataDigest, weights, optimizer) { Imported = imported };
    }

    /// <summary>The run that <paramref name="checkpoint"/> was taken of, at the place where it was taken.</summary>
    /// <exception cref="InputException">The data is not what the run was trained on.</exception>
    internal static PreparedRun Resume(TrainingCheckpoint checkpoint, LoadedData data, Digest dataDigest)
    {
        if (checkpoint.DataDigest != dataDigest)
        {
            throw new InputException(
                $"the training data has digest {dataDigest}, but the run to resume was trained on {checkpoint.DataDigest}; give the same data with --data.");
        }

        PreparedRun run = Begin(checkpoint.Recipe, data, dataDigest);
        Check.That(checkpoint.Weights.Length == run.WeightsArray.Length);
        OptimizerMoment[] moments = EarlyStoppingState.Restore(run.EarlyStopping, checkpoint);
        Check.That(moments.Length == run.Optimizer.Moments.Count);
        checkpoint.Weights.CopyTo(run.WeightsArray, 0);
        for (int i = 0; i < moments.Length; i++)
        {
            (string name, float[] values) = run.Optimizer.Moments[i];
            Check.That(moments[i].Name == name);
            moments[i].Values.CopyTo(values, 0);
        }

        run.Optimizer.RestorePowers(run.Optimizer.Powers.Select(power => (power.Name, checkpoint.Powers[power.Name])).ToArray());
        CheckpointPosition at = checkpoint.Position;
        run.Start = new TrainingPosition(at.Step, new PartialStatistics(at.LossSum, checked((int)at.Correct), checked((int)at.Samples)));
        return run;
    }
}
