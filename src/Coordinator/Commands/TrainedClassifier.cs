using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Training;
using Distributed.Numerics;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Commands;

/// <summary>A trained network at work. Not thread-safe.</summary>
/// <param name="model">The network.</param>
/// <param name="cores">Cores that may compute at once.</param>
public sealed class TrainedClassifier(TrainedModel model, int cores) : IClassifier
{
    private readonly NetworkInference _network = new(model.Shape, InstructionSets.Best);

    /// <inheritdoc/>
    public PartialStatistics Evaluate(Dataset samples)
    {
        int[] all = [.. Enumerable.Range(0, samples.Count)];
        var run = new RunDescription(new Recipe { Name = model.RecipeName }, model.Scale, model.Shape, all);
        return new Evaluator(run, InstructionSets.Best, cores).Evaluate(model.Weights, samples, all).Sums;
    }

    /// <inheritdoc/>
    public void Probabilities(Dataset samples, int first, int count, Span<float> probabilities)
    {
        Check.That(probabilities.Length == count * model.Shape.Outputs);
        float[] features = new float[count * model.Shape.Inputs];
        var source = new MinibatchSource(samples, model.Scale);
        source.MoveTo([.. Enumerable.Range(first, count)], 0, count);
        source.Gather(0, count, features, new int[count]);
        _network.Predict(model.Weights, features, count, probabilities);
    }
}
